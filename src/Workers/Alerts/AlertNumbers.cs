using SaaS.Analytics.Alerts;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>What a rule about a number saw, and whether that is what it asks for.</summary>
public readonly record struct Looked(FiringRule Rule, MetricReading Reading, bool Holds);

/// <summary>Reads the numbers that rules ask for.</summary>
public sealed class AlertNumbers(LiveMetrics metrics, ChangeParts parts)
{
    readonly UsualHours usual = new(metrics, parts);

    /// <returns>Rules that have nothing to compare with are missing.</returns>
    internal async Task<List<Looked>> ReadAsync(IReadOnlyCollection<(FiringRule Rule, MetricWindow Window)> windows, CancellationToken cancel)
    {
        var plain = windows.Where(w => !IsOfUsual(w.Rule)).ToList();
        var counts = await CountAsync(plain, cancel);
        var looked = plain.Select(w => (w.Rule, Reading: Reading(w.Rule, w.Window, counts)))
            .Select(r => new Looked(r.Rule, r.Reading, MetricTest.Holds(r.Rule.Rule.Kind, r.Rule.Settings, r.Reading))).ToList();
        foreach (var hour in windows.Where(w => IsOfUsual(w.Rule)).GroupBy(w => w.Window))
            looked.AddRange(await usual.ReadAsync([.. hour.Select(w => w.Rule)], hour.Key, cancel));
        return looked;
    }

    static bool IsOfUsual(FiringRule rule) => rule.Rule.Kind == AlertKinds.Anomaly.Key;

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

    /// <summary>The number a rule is about.</summary>
    internal static long Value(FiringRule rule, SiteCounts counts) => rule.Settings.Text("metric") switch
    {
        "visits" => counts.Visits, "pageviews" => counts.Pageviews, "events" => counts.Events, "event_count" => counts.EventCount, _ => counts.Visitors,
    };
}
