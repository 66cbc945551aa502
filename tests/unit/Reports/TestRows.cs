using ClickHouse.Driver;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Puts rows into the tables, the columns that reports read.</summary>
static class TestRows
{
    static readonly string[] EventColumns =
    [
        "site_id", "event_id", "timestamp", "client_timestamp", "received_at", "chunk_id", "visitor_id", "visit_id", "name",
        "hostname", "path", "props", "engagement_ms", "bot_score",
        "visitor_mode", "scroll_depth", "revenue", "currency", "ad_id", "ad_campaign_id", "title",
    ];

    static readonly string[] VisitColumns =
    [
        "site_id", "visitor_id", "visit_id", "version", "merged_into", "first_received_at", "start", "end", "visit_number",
        "pageviews", "interactive_events", "engagement_ms", "entry_hostname", "entry_path", "exit_path", "source", "channel",
        "utm_campaign", "country", "browser", "os", "device_type", "language", "bot_score",
        "visitor_mode", "exit_hostname", "referrer_host",
    ];

    public static async Task InsertAsync(string connection, IEnumerable<EventRow> events, IEnumerable<VisitRow> visits)
    {
        using var client = new ClickHouseClient(connection);
        await client.InsertBinaryAsync("events", EventColumns, events.Select(Row));
        await client.InsertBinaryAsync("visits", VisitColumns, visits.Select(Row));
    }

    static object[] Row(EventRow e) =>
    [
        (uint)e.SiteId, e.EventId, e.Timestamp, e.Timestamp, e.ReceivedAt, e.ChunkId, e.VisitorId, e.VisitId, e.Name,
        e.Hostname, e.Path, e.Props.ToDictionary(), e.EngagementMs, e.BotScore,
        (sbyte)e.VisitorMode, e.ScrollDepth, e.Revenue!, e.Currency, e.AdId, e.AdCampaignId, e.Title,
    ];

    static object[] Row(VisitRow v) =>
    [
        (uint)v.SiteId, v.VisitorId, v.VisitId, v.Version, v.MergedInto, v.FirstReceivedAt, v.Start, v.End, v.VisitNumber,
        v.Pageviews, v.InteractiveEvents, v.EngagementMs, v.EntryHostname, v.EntryPath, v.ExitPath, v.Source, v.Channel,
        v.UtmCampaign, v.Country, v.Browser, v.Os, v.DeviceType, v.Language, v.BotScore,
        (sbyte)v.VisitorMode, v.ExitHostname, v.ReferrerHost,
    ];
}
