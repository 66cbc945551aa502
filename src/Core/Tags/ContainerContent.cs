using System.Text.Json;
using System.Text.Json.Serialization;

namespace SaaS.Analytics.Tags;

/// <summary>Everything a version of a container holds. The JSON of it is what versions store and exports are.</summary>
public sealed record ContainerContent(IReadOnlyList<ItemContent> Items, ConsentDefaults Consent)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = { new JsonStringEnumConverter<ItemSort>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
    static readonly JsonSerializerOptions Readable = new(Json) { WriteIndented = true };

    public IEnumerable<ItemContent> Of(ItemSort sort) => Items.Where(i => i.Sort == sort);

    public string Write(bool readable = false) => JsonSerializer.Serialize(this, readable ? Readable : Json);

    /// <exception cref="JsonException">It is no content.</exception>
    public static ContainerContent Read(string json)
    {
        var content = JsonSerializer.Deserialize<ContainerContent>(json, Json);
        return content is { Items: not null, Consent.IsWhole: true } && content.Items.All(i => i is { IsWhole: true })
            ? content : throw new JsonException("It holds no container.");
    }
}
