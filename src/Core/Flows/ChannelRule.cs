using System.Text.Json;
using System.Text.Json.Serialization;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Flows;

/// <summary>One of a site's ordered rules that name the channel of a visit.</summary>
/// <param name="Channel">The name it gives.</param>
/// <param name="Any">Alternatives of conditions that must all hold; an alternative without conditions always does.</param>
public sealed record ChannelRule(string Channel, Condition[][] Any);

/// <summary>The channel rules of a site as published at one moment; the highest number is in force. A site without any has the default rules.</summary>
public sealed class ChannelRuleVersion : ITenantOwned
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>From 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>JSON of the <see cref="ChannelRule"/>s in their order.</summary>
    public required string Rules { get; init; }

    /// <summary>What was changed, for people.</summary>
    public required string Change { get; init; }
    public required DateTime PublishedAt { get; init; }

    public static string Write(IEnumerable<ChannelRule> rules) => JsonSerializer.Serialize(rules, Json);

    /// <exception cref="JsonException">It holds no rules.</exception>
    public static IReadOnlyList<ChannelRule> Read(Stream json) => JsonSerializer.Deserialize<List<ChannelRule>>(json, Json) ?? [];

    /// <exception cref="JsonException">It holds no rules.</exception>
    public static IReadOnlyList<ChannelRule> Read(string json) => JsonSerializer.Deserialize<List<ChannelRule>>(json, Json) ?? [];
}
