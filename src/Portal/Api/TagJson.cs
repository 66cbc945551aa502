using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Api;

/// <summary>Items, versions and environments as the API writes and reads them; settings and options are those of exports.</summary>
static class TagJson
{
    public static string ETag(TagItem item) => string.Create(CultureInfo.InvariantCulture, $"\"{item.Version}\"");

    public static object Of(TagItem item) => new
    {
        number = item.Number, kind = item.Kind, name = item.Name, folder = item.Folder, note = item.Note, paused = item.Paused,
        settings = JsonNode.Parse(item.Settings), options = JsonNode.Parse(item.Options), changed_at = item.ChangedAt, changed_by = item.ChangedBy, etag = ETag(item),
    };

    public static object Of(TagVersion version) => new
    {
        number = version.Number, name = version.Name, note = version.Note, author = version.Author, created_at = version.CreatedAt,
    };

    public static object Of(TagEnvironment environment) => new
    {
        name = environment.Name, key = environment.Key, version = environment.Published, published_at = environment.PublishedAt, published_by = environment.PublishedBy,
    };

    /// <param name="sent">Kind (of a new item), name, folder, note, paused, settings, options; what is left out is empty.</param>
    /// <param name="sort">Which of the three.</param>
    /// <param name="before">Null for a new item; the kind of one that is there does not change.</param>
    /// <exception cref="JsonException">It has another shape.</exception>
    public static ItemContent Read(JsonElement sent, ItemSort sort, TagItem? before)
    {
        if (sent.ValueKind != JsonValueKind.Object) throw new JsonException("It must be an object.");
        var item = new ItemContent(sort, before?.Number ?? 0, before?.Kind ?? Text(sent, "kind"), Text(sent, "name").Trim())
        {
            Folder = Text(sent, "folder"), Note = Text(sent, "note"), Paused = sent.TryGetProperty("paused", out var paused) && paused.ValueKind == JsonValueKind.True,
            Settings = sent.TryGetProperty("settings", out var settings) ? Object(settings, "settings") : [],
            Options = sent.TryGetProperty("options", out var options) ? ItemOptions.Read(Object(options, "options").ToJsonString()) : new(),
        };
        return item.IsWhole ? item : throw new JsonException("A part of it is null.");
    }

    static string Text(JsonElement of, string name) =>
        !of.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!.Replace("\0", "", StringComparison.Ordinal) : throw new JsonException($"{name} must be a text.");

    /// <summary>PostgreSQL's JSON holds no NUL.</summary>
    static JsonObject Object(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        ? (JsonObject)JsonNode.Parse(value.GetRawText().Replace("\\u0000", "", StringComparison.Ordinal))! : throw new JsonException($"{name} must be an object.");
}
