using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>The metrics once more, as naively as the definitions read: the oracle of the report tests.</summary>
sealed class Recount(IEnumerable<EventRow> events, IEnumerable<VisitRow> visits, TimeRange range, double bounceMs = 10_000)
{
    readonly List<VisitRow> all = [.. visits];
    readonly List<EventRow> inRange = [.. events.Where(e => e.BotScore < 50 && e.Timestamp >= range.From && e.Timestamp < range.To)];

    /// <summary>What rows count: of the event and its visit.</summary>
    public Func<EventRow, VisitRow, bool> Where { get; init; } = (_, _) => true;

    /// <summary>The filter or dimension is about events.</summary>
    public bool AboutEvents { get; init; }

    /// <summary>The filter is about the page: bounces are those of the visits that entered there.</summary>
    public bool AboutPage { get; init; }

    public double? Of(string metric)
    {
        var byId = all.ToDictionary(v => v.VisitId);
        var passing = inRange.Where(e => Where(e, byId[e.VisitId])).ToList();
        var counted = passing.Where(e => e.Name != EventNames.Engagement).ToList();
        var passed = passing.Select(e => e.VisitId).ToHashSet();
        var started = all.Where(v => v.BotScore < 50 && v.Start >= range.From && v.Start < range.To && passed.Contains(v.VisitId)).ToList();
        var entries = AboutPage ? started.Where(v => passing.Any(e => e.VisitId == v.VisitId && e.Path == v.EntryPath)).ToList() : started;
        var visitCount = AboutEvents ? counted.Select(e => e.VisitId).Distinct().Count() : started.Count;
        var pageviews = passing.Count(e => EventNames.IsPageView(e.Name));
        return metric switch
        {
            "visitors" => counted.Select(e => e.VisitorId).Distinct().Count(),
            "visits" => visitCount,
            "pageviews" => pageviews,
            "events" => counted.Count,
            "views_per_visit" => visitCount == 0 ? null : (double)pageviews / visitCount,
            "bounce_rate" => entries.Count == 0 ? null : 100.0 * entries.Count(Bounced) / entries.Count,
            "visit_duration" => started.Count == 0 ? null : started.Average(v => (v.End - v.Start).TotalSeconds),
            "engagement_time" => passing.Sum(e => e.EngagementMs) / 1000.0,
            "time_on_page" => passing.Where(e => e.EngagementMs > 0).Select(e => e.VisitId).Distinct().Count() is > 0 and var engaged
                ? passing.Sum(e => e.EngagementMs) / 1000.0 / engaged : null,
            "new_visitors" => started.Where(v => v.VisitNumber <= 1).Select(v => v.VisitorId).Distinct().Count(),
            "returning_visitors" => started.Where(v => v.VisitNumber > 1).Select(v => v.VisitorId).Distinct().Count(),
            _ => throw new ArgumentException(metric),
        };
    }

    bool Bounced(VisitRow v) => v.Pageviews < 2 && v.InteractiveEvents == 0 && (bounceMs == 0 || v.EngagementMs < bounceMs);
}
