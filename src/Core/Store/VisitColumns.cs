using static SaaS.Analytics.Store.Column<SaaS.Analytics.Store.VisitRow>;

namespace SaaS.Analytics.Store;

/// <summary>The columns of <c>visits</c> in the order in which rows are written and read.</summary>
static class VisitColumns
{
    public static readonly Column<VisitRow>[] All = [.. Identity(), .. Counts(), .. Path(), .. Source(), .. Client()];

    public static readonly string Names = string.Join(", ", All.Select(c => c.Name));

    static Column<VisitRow>[] Identity() =>
    [
        Number("site_id", r => (uint)r.SiteId),
        Number("visitor_id", r => r.VisitorId),
        Number("visit_id", r => r.VisitId),
        Number("version", r => r.Version),
        Number("merged_into", r => r.MergedInto),
        Time("first_received_at", r => r.FirstReceivedAt),
        Time("start", r => r.Start),
        Time("end", r => r.End),
        Number("visitor_mode", r => (byte)r.VisitorMode),
        Number("visit_number", r => r.VisitNumber),
        Text("user_id", r => r.UserId),
    ];

    static Column<VisitRow>[] Counts() =>
    [
        Number("pageviews", r => r.Pageviews),
        Number("events", r => r.Events),
        Number("interactive_events", r => r.InteractiveEvents),
        Number("engagement_ms", r => r.EngagementMs),
    ];

    static Column<VisitRow>[] Path() =>
    [
        Text("entry_hostname", r => r.EntryHostname),
        Text("entry_path", r => r.EntryPath),
        Time("entry_at", r => r.EntryAt),
        Text("exit_hostname", r => r.ExitHostname),
        Text("exit_path", r => r.ExitPath),
        Time("exit_at", r => r.ExitAt),
    ];

    static Column<VisitRow>[] Source() =>
    [
        Text("referrer", r => r.Referrer),
        Text("referrer_host", r => r.ReferrerHost),
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

    static Column<VisitRow>[] Client() =>
    [
        Text("country", r => r.Country),
        Text("region", r => r.Region),
        Text("city", r => r.City),
        Text("browser", r => r.Browser),
        Text("browser_version", r => r.BrowserVersion),
        Text("os", r => r.Os),
        Text("os_version", r => r.OsVersion),
        Text("device_type", r => r.DeviceType),
        Text("device_brand", r => r.DeviceBrand),
        Text("device_model", r => r.DeviceModel),
        Text("language", r => r.Language),
        Text("screen", r => r.Screen),
        Number("bot_score", r => r.BotScore),
        Text("bot_name", r => r.BotName),
    ];
}
