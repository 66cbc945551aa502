using static SaaS.Analytics.Store.Column<SaaS.Analytics.Store.EventRow>;

namespace SaaS.Analytics.Store;

/// <summary>The columns of <c>events</c> in the order in which rows are written and read.</summary>
static class EventColumns
{
    public static readonly Column<EventRow>[] All = [.. Identity(), .. Page(), .. Content(), .. Source(), .. Client(), .. Verdict(), .. Ids()];

    /// <summary>In <c>cookieless_id</c>: an event without a cookieless hash. 0 says that it is the visitor's id.</summary>
    public const ulong NoCookielessId = 1;

    /// <summary>The hash an event came with, 0 where it had none.</summary>
    public const string CookielessId = "multiIf(cookieless_id = 0, visitor_id, cookieless_id = 1, 0, cookieless_id)";

    /// <summary>
    /// Condition of everybody who counts: the row is an event, and not the copy that a repair has made of one and not put in its
    /// place yet.
    /// </summary>
    public const string Counts = "pending = 0";

    public static readonly string Names = string.Join(", ", All.Select(c => c.Name));

    static Column<EventRow>[] Identity() =>
    [
        Number("site_id", r => (uint)r.SiteId),
        Id("event_id", r => r.EventId),
        Time("timestamp", r => r.Timestamp),
        Time("client_timestamp", r => r.ClientTimestamp),
        Time("received_at", r => r.ReceivedAt),
        Id("chunk_id", r => r.ChunkId),
        Number("chunk_index", r => r.ChunkIndex),
        Number("visitor_id", r => r.VisitorId),
        Number("visitor_mode", r => (byte)r.VisitorMode),
        Number("visit_id", r => r.VisitId),
        Text("name", r => r.Name),
    ];

    static Column<EventRow>[] Page() =>
    [
        Text("hostname", r => r.Hostname),
        Text("path", r => r.Path),
        Text("query", r => r.Query),
        Text("fragment", r => r.Fragment),
        Text("scheme", r => r.Scheme),
        Text("title", r => r.Title),
        Text("referrer", r => r.Referrer),
        Text("referrer_host", r => r.ReferrerHost),
    ];

    static Column<EventRow>[] Content() =>
    [
        Pairs("props", r => r.Props),
        Text("user_id", r => r.UserId),
        Flag("user_verified", r => r.UserVerified),
        Flag("interactive", r => r.Interactive),
        Money("revenue", r => r.Revenue),
        Text("currency", r => r.Currency),
        Number("engagement_ms", r => r.EngagementMs),
        Number("scroll_depth", r => r.ScrollDepth),
        Id("pageview_id", r => r.PageviewId),
        Text("ad_id", r => r.AdId),
        Text("ad_campaign_id", r => r.AdCampaignId),
        Text("ad_placement", r => r.AdPlacement),
    ];

    static Column<EventRow>[] Source() =>
    [
        Text("source", r => r.Source),
        Text("source_category", r => r.SourceCategory),
        Text("channel", r => r.Channel),
        Text("utm_source", r => r.UtmSource),
        Text("utm_medium", r => r.UtmMedium),
        Text("utm_campaign", r => r.UtmCampaign),
        Text("utm_term", r => r.UtmTerm),
        Text("utm_content", r => r.UtmContent),
        Text("click_id", r => r.ClickId),
    ];

    static Column<EventRow>[] Client() =>
    [
        Text("country", r => r.Country),
        Text("region", r => r.Region),
        Text("city", r => r.City),
        Number("asn", r => r.Asn),
        Text("browser", r => r.Browser),
        Text("browser_version", r => r.BrowserVersion),
        Text("os", r => r.Os),
        Text("os_version", r => r.OsVersion),
        Text("device_type", r => r.DeviceType),
        Text("device_brand", r => r.DeviceBrand),
        Text("device_model", r => r.DeviceModel),
        Text("language", r => r.Language),
        Text("screen", r => r.Screen),
        Text("visitor_time_zone", r => r.VisitorTimeZone),
        Text("app", r => r.App),
        Text("library", r => r.Library),
        Text("consent", r => r.Consent),
    ];

    static Column<EventRow>[] Verdict() =>
    [
        Number("bot_score", r => r.BotScore),
        Text("bot_name", r => r.BotName),
        Text("bot_reasons", r => r.BotReasons),
        Text("notes", r => r.Notes),
        Text("user_agent", r => r.UserAgent),
    ];

    static Column<EventRow>[] Ids() =>
    [
        Number("device_id", r => r.DeviceId),
        Number("user_hash", r => r.UserHash),
        Number("cookieless_id", r => r.CookielessId == r.VisitorId ? 0 : r.CookielessId == 0 ? NoCookielessId : r.CookielessId),
        Number("repair_id", r => r.RepairId),
        Flag("pending", r => r.IsPending),
    ];
}
