namespace SaaS.Analytics.Reports;

/// <summary>What an event can be searched by, and what is shown of it.</summary>
/// <param name="Name">Before the colon of a search.</param>
/// <param name="Sql">The value as text, over a row <c>e</c> of events.</param>
/// <param name="Group">Which part of the way of an event it belongs to.</param>
public sealed record EventField(string Name, string Sql, EventStage Group)
{
    /// <summary>The value as a number, where more and less can be asked for.</summary>
    public string? NumberSql { get; init; }

    /// <summary>Words without a field are looked for in it.</summary>
    public bool FreeText { get; init; }
}

/// <summary>The way of an event, in order.</summary>
public enum EventStage
{
    Sent,
    Received,
    Address,
    Origin,
    Device,
    Bots,
    Visitor,
    Stored,
}

/// <summary>Every field; a new one is a line here.</summary>
public static class EventFields
{
    public const string PropertyPrefix = "props.";

    public static IReadOnlyList<EventField> All { get; } =
    [
        new("name", "e.name", EventStage.Sent) { FreeText = true },
        new("id", "toString(e.event_id)", EventStage.Sent),
        new("time", "toString(e.timestamp)", EventStage.Sent),
        new("client_time", "toString(e.client_timestamp)", EventStage.Sent),
        new("title", "e.title", EventStage.Sent) { FreeText = true },
        new("interactive", "if(e.interactive, 'true', 'false')", EventStage.Sent),
        new("revenue", "ifNull(toString(e.revenue), '')", EventStage.Sent) { NumberSql = "toFloat64(ifNull(e.revenue, 0))" },
        new("currency", "e.currency", EventStage.Sent),
        new("engagement_ms", "toString(e.engagement_ms)", EventStage.Sent) { NumberSql = "e.engagement_ms" },
        new("scroll", "toString(e.scroll_depth)", EventStage.Sent) { NumberSql = "e.scroll_depth" },
        new("ad", "e.ad_id", EventStage.Sent),
        new("ad_campaign", "e.ad_campaign_id", EventStage.Sent),
        new("placement", "e.ad_placement", EventStage.Sent),
        new("app", "e.app", EventStage.Sent),
        new("library", "e.library", EventStage.Sent),
        new("consent", "e.consent", EventStage.Sent),
        new("received", "toString(e.received_at)", EventStage.Received),
        new("country", "e.country", EventStage.Received),
        new("region", "e.region", EventStage.Received),
        new("city", "e.city", EventStage.Received),
        new("asn", "toString(e.asn)", EventStage.Received) { NumberSql = "e.asn" },
        new("zone", "e.visitor_time_zone", EventStage.Received),
        new("notes", "e.notes", EventStage.Received),
        new("host", "e.hostname", EventStage.Address) { FreeText = true },
        new("path", "e.path", EventStage.Address) { FreeText = true },
        new("query", "e.query", EventStage.Address) { FreeText = true },
        new("fragment", "e.fragment", EventStage.Address),
        new("scheme", "e.scheme", EventStage.Address),
        new("referrer", "e.referrer", EventStage.Origin) { FreeText = true },
        new("referrer_host", "e.referrer_host", EventStage.Origin),
        new("source", "e.source", EventStage.Origin),
        new("category", "e.source_category", EventStage.Origin),
        new("channel", "e.channel", EventStage.Origin),
        new("utm_source", "e.utm_source", EventStage.Origin),
        new("medium", "e.utm_medium", EventStage.Origin),
        new("campaign", "e.utm_campaign", EventStage.Origin) { FreeText = true },
        new("term", "e.utm_term", EventStage.Origin),
        new("content", "e.utm_content", EventStage.Origin),
        new("click_id", "e.click_id", EventStage.Origin),
        new("browser", "e.browser", EventStage.Device),
        new("browser_version", "e.browser_version", EventStage.Device),
        new("os", "e.os", EventStage.Device),
        new("os_version", "e.os_version", EventStage.Device),
        new("device", "e.device_type", EventStage.Device),
        new("language", "e.language", EventStage.Device),
        new("screen", "e.screen", EventStage.Device),
        new("bot", $"if(e.bot_score >= {Store.EventRow.BotThreshold}, 'true', 'false')", EventStage.Bots),
        new("bot_score", "toString(e.bot_score)", EventStage.Bots) { NumberSql = "e.bot_score" },
        new("bot_name", "e.bot_name", EventStage.Bots),
        new("bot_reasons", "e.bot_reasons", EventStage.Bots),
        new("mode", "toString(e.visitor_mode)", EventStage.Visitor),
        new("user", "e.user_id", EventStage.Visitor) { FreeText = true },
        new("user_verified", "if(e.user_verified, 'true', 'false')", EventStage.Visitor),
        new("visitor", "lower(hex(e.visitor_id))", EventStage.Visitor),
        new("visit", "lower(hex(e.visit_id))", EventStage.Visitor),
        new("chunk", "toString(e.chunk_id)", EventStage.Stored),
        new("place", "toString(e.chunk_index)", EventStage.Stored),
    ];

    static readonly Dictionary<string, EventField> ByName = All.ToDictionary(f => f.Name);

    public static EventField? Find(string name) => ByName.GetValueOrDefault(name.ToLowerInvariant());
}
