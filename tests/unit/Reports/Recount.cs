using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>The metrics once more, as naively as the definitions read: the oracle of the report tests.</summary>
sealed class Recount(IEnumerable<EventRow> events, IEnumerable<VisitRow> visits, TimeRange range, double bounceMs = 10_000)
{
    readonly List<EventRow> everything = [.. events];
    readonly List<VisitRow> all = [.. visits];
    readonly List<EventRow> inRange = [.. events.Where(e => e.BotScore < 50 && e.Timestamp >= range.From && e.Timestamp < range.To)];

    /// <summary>What rows count: of the event and its visit.</summary>
    public Func<EventRow, VisitRow, bool> Where { get; init; } = (_, _) => true;

    /// <summary>The filter or dimension is about events.</summary>
    public bool AboutEvents { get; init; }

    /// <summary>The filter is about the page: bounces are those of the visits that entered there.</summary>
    public bool AboutPage { get; init; }

    /// <summary>The dimension is the page: which visits ended on the page of the row.</summary>
    public Func<VisitRow, bool>? EndedThere { get; init; }

    /// <summary>Visitors of the whole range, for shares.</summary>
    public double? VisitorsOfAll { get; init; }

    /// <summary>What rows count that goals are divided by, where the query is about goals.</summary>
    public Func<EventRow, VisitRow, bool>? BeforeGoals { get; init; }

    /// <summary>Visitors of the whole range whether they reached a goal or not.</summary>
    public double? VisitorsBeforeGoals { get; init; }

    /// <summary>Zone of the months in which hits on ads are counted.</summary>
    public Calendar Calendar { get; init; } = new("Etc/UTC");

    public double? Of(string metric)
    {
        var byId = all.ToDictionary(v => v.VisitId);
        var passing = inRange.Where(e => Where(e, byId[e.VisitId])).ToList();
        var counted = passing.Where(e => e.Name != EventNames.Engagement).ToList();
        var passed = passing.Select(e => e.VisitId).ToHashSet();
        var started = all.Where(v => v.BotScore < 50 && v.Start >= range.From && v.Start < range.To && passed.Contains(v.VisitId)).ToList();
        var entries = AboutPage ? started.Where(v => passing.Any(e => e.VisitId == v.VisitId && e.Path == v.EntryPath)).ToList() : started;
        var exits = EndedThere is not null ? all.Where(v => v.BotScore < 50 && v.Start >= range.From && v.Start < range.To && EndedThere(v)).ToList()
            : AboutPage ? started.Where(v => passing.Any(e => e.VisitId == v.VisitId && e.Path == v.ExitPath)).ToList() : started;
        var clicks = passing.Where(IsCountedHit).ToList();
        var sales = passing.Where(e => e.Revenue is not null).ToList();
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
            "scroll_depth" => Scrolls(passing) is { Count: > 0 } scrolls ? scrolls.Average() : null,
            "exit_rate" => pageviews == 0 ? null : 100.0 * exits.Count / pageviews,
            "percentage" => VisitorsOfAll is null or 0 ? null : 100.0 * counted.Select(e => e.VisitorId).Distinct().Count() / VisitorsOfAll,
            "conversions" => counted.Select(e => e.VisitorId).Distinct().Count(),
            "conversion_rate" => (VisitorsBeforeGoals ?? VisitorsOfAll) is > 0 and var everybody ? 100.0 * counted.Select(e => e.VisitorId).Distinct().Count() / everybody : null,
            "group_conversion_rate" => InGroup(byId) is > 0 and var members ? 100.0 * counted.Select(e => e.VisitorId).Distinct().Count() / members : null,
            "engaged_visits" => started.Count(Engaged),
            "engagement_rate" => started.Count == 0 ? null : 100.0 * started.Count(Engaged) / started.Count,
            "total_revenue" => (double)sales.Sum(e => e.Revenue!.Value),
            "average_revenue" => sales.Count == 0 ? null : (double)sales.Average(e => e.Revenue!.Value),
            "impressions" => passing.Count(e => e.Name == "ad_impression"),
            "ad_hits" => passing.Count(e => e.Name == "ad_click"),
            "clicks" => clicks.Count,
            "clickers" => clicks.Select(Hit).Distinct().Count(),
            "ctr" => passing.Count(e => e.Name == "ad_impression") is > 0 and var shown ? 100.0 * clicks.Count / shown : null,
            "unique_monthly_visitors" => passing.Where(e => e.Name == "ad_impression" && e.VisitorMode == VisitorMode.Consented).Select(Hit).Distinct().Count(),
            "new_visitors" => started.Where(v => v.VisitNumber <= 1 && v.VisitorMode == VisitorMode.Consented).Select(v => v.VisitorId).Distinct().Count(),
            "returning_visitors" => started.Where(v => v.VisitNumber > 1 && v.VisitorMode == VisitorMode.Consented).Select(v => v.VisitorId).Distinct().Count(),
            _ => throw new ArgumentException(metric),
        };
    }

    int InGroup(Dictionary<ulong, VisitRow> byId) =>
        inRange.Where(e => e.Name != EventNames.Engagement && (BeforeGoals ?? Where)(e, byId[e.VisitId])).Select(e => e.VisitorId).Distinct().Count();

    static List<double> Scrolls(List<EventRow> events) =>
        [.. events.Where(e => e.ScrollDepth > 0).GroupBy(e => (e.VisitId, e.Path)).Select(g => (double)g.Max(e => e.ScrollDepth))];

    static bool Engaged(VisitRow v) => v.EngagementMs > 10_000 || v.Pageviews >= 2;

    (ulong, string, int, int) Hit(EventRow e) => (e.VisitorId, e.AdId, Calendar.Day(e.Timestamp).Year, Calendar.Day(e.Timestamp).Month);

    /// <summary>Of a known visitor with at least three hits on that ad in that month, whatever the range.</summary>
    bool IsCountedHit(EventRow e) => e.Name == "ad_click" && e.VisitorMode == VisitorMode.Consented
        && everything.Count(x => x.Name == "ad_click" && x.BotScore < 50 && Hit(x) == Hit(e)) >= 3;

    bool Bounced(VisitRow v) => v.Pageviews < 2 && v.InteractiveEvents == 0 && (bounceMs == 0 || v.EngagementMs < bounceMs);
}
