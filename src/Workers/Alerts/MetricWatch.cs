using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Reads the numbers that rules of this worker's sites ask for and says which rules hold now.</summary>
public sealed class MetricWatch(
    IDbContextFactory<SystemDb> databases, LiveMetrics metrics, MetricAlertBook book, OwnedPartitions owned, IOptions<BrokerSettings> broker)
{
    static readonly string[] Kinds = [.. AlertKinds.All.Where(k => !k.IsOfVisits).Select(k => k.Key)];

    /// <summary>While chunks wait for longer than this, that nothing was stored says nothing about a site.</summary>
    static readonly TimeSpan Flowing = TimeSpan.FromSeconds(30);

    readonly Dictionary<Guid, DateTime> closed = [];

    /// <summary>Looks at every rule whose time has come.</summary>
    public async Task LookAsync(DateTime now, CancellationToken cancel)
    {
        var rules = await RulesAsync(now, cancel);
        var windows = rules.Select(r => (Rule: r, Window: MetricWindow.Of(r, now))).Where(IsDue).ToList();
        if (windows.Count == 0) return;
        var counts = await CountAsync(windows, cancel);
        var readings = windows.Select(w => (w.Rule, Reading: Reading(w.Rule, w.Window, counts))).ToList();
        await book.SetAsync([.. readings.Select(r => (r.Rule, r.Reading, Holds: Holds(r.Rule, r.Reading, now)))], now, cancel);
        foreach (var (rule, window) in windows.Where(w => w.Window.IsClosed)) closed[rule.Rule.Id] = window.To;
    }

    async Task<List<FiringRule>> RulesAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await FiringRules.ReadAsync(db, db.AlertRules.Where(r => Kinds.Contains(r.Kind) && db.Sites.Any(s => s.Id == r.SiteId && s.FirstEventAt != null)), cancel);
        var mine = rules.Where(r => owned.Owns(Partitions.Of(r.Rule.SiteId, broker.Value.Partitions))).ToList();
        var late = now - Flowing;
        if (mine.Exists(r => r.Rule.Kind == AlertKinds.NoData.Key) && await db.Chunks.AnyAsync(c => c.FinishedAt == null && c.SealedAt < late, cancel))
            mine.RemoveAll(r => r.Rule.Kind == AlertKinds.NoData.Key);
        return mine;
    }

    bool IsDue((FiringRule Rule, MetricWindow Window) w) => !w.Window.IsClosed || closed.GetValueOrDefault(w.Rule.Rule.Id) < w.Window.To;

    /// <summary>One query for each time and event that is asked for, over all sites that ask.</summary>
    async Task<Dictionary<(DateTime, DateTime, string), IReadOnlyDictionary<int, SiteCounts>>> CountAsync(
        List<(FiringRule Rule, MetricWindow Window)> windows, CancellationToken cancel)
    {
        var asked = windows.SelectMany(w => Times(w.Rule, w.Window).Select(t => (Key: (t.From, t.To, w.Rule.Settings.Text("event")), w.Rule.Rule.SiteId))).ToLookup(a => a.Key, a => a.SiteId);
        var counts = new Dictionary<(DateTime, DateTime, string), IReadOnlyDictionary<int, SiteCounts>>();
        foreach (var time in asked)
            counts[time.Key] = await metrics.CountAsync(time.Distinct(), time.Key.From, time.Key.To, time.Key.Item3, cancel);
        return counts;
    }

    static IEnumerable<(DateTime From, DateTime To)> Times(FiringRule rule, MetricWindow window) =>
        IsCompared(rule) ? [(window.From, window.To), window.Before] : [(window.From, window.To)];

    static bool IsCompared(FiringRule rule) => rule.Settings.Text("compare") is "rises" or "falls";

    static MetricReading Reading(
        FiringRule rule, MetricWindow window, Dictionary<(DateTime, DateTime, string), IReadOnlyDictionary<int, SiteCounts>> counts)
    {
        SiteCounts Of((DateTime From, DateTime To) time) =>
            counts[(time.From, time.To, rule.Settings.Text("event"))].GetValueOrDefault(rule.Rule.SiteId) ?? SiteCounts.None;
        var now = Of((window.From, window.To));
        if (rule.Rule.Kind == AlertKinds.NoData.Key)
            return new MetricReading(now.Events == 0 ? (window.To - window.From).TotalMinutes : 0, null, window.From, window.To);
        return new MetricReading(Value(rule, now), IsCompared(rule) ? Value(rule, Of(window.Before)) : null, window.From, window.To);
    }

    static long Value(FiringRule rule, SiteCounts counts) => rule.Settings.Text("metric") switch
    {
        "visits" => counts.Visits, "pageviews" => counts.Pageviews, "events" => counts.Events, "event_count" => counts.EventCount, _ => counts.Visitors,
    };

    static bool Holds(FiringRule rule, MetricReading reading, DateTime now) =>
        MetricTest.Holds(rule.Rule.Kind, rule.Settings, reading) && new ActiveHours(rule.Settings, rule.TimeZone).Holds(now);
}
