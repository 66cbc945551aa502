namespace SaaS.Analytics.Reports;

/// <summary>Every part; names of more than one definition depend on what the query is about.</summary>
public static class Parts
{
    internal const string VisitsSeenColumn = "visits_seen";
    const string Counted = "e.name != 'engagement'";
    const string Bounced =
        "v.pageviews < 2 AND v.interactive_events = 0 AND ($bounce_ms = 0 OR v.engagement_ms < $bounce_ms)";
    const string AdMonth = "toStartOfMonth(toDate(e.timestamp, $zone))";

    /// <summary>A hit of a visitor who has hit the ad often enough in that month; needs the visitor to be known beyond a day.</summary>
    const string CountedHit = $"e.name = 'ad_click' AND e.visitor_mode = 'consented' AND (e.visitor_id, e.ad_id, {AdMonth}) IN ($clickers)";

    /// <summary>Visits: those that started in the period.</summary>
    static readonly Part VisitsStarted = new("visits", Arm.Visits, "count()") { Stored = "started" };

    /// <summary>Visits, where the query is about events: those that had one that passes, in its own place in time.</summary>
    static readonly Part VisitsSeen = Part.Distinct("visits", Arm.Events, "e.visit_id", Counted) with { Stored = VisitsSeenColumn };

    public static IReadOnlyList<Part> All { get; } =
    [
        Part.Distinct("visitors", Arm.Events, "e.visitor_id", Counted) with { Stored = "visitors" },
        Part.Distinct("visitors_in_group", Arm.Groups, "e.visitor_id", Counted),
        new("pageviews", Arm.Events, "countIf(e.name IN ('pageview', 'screenview'))") { Stored = "pageviews" },
        new("events", Arm.Events, $"countIf({Counted})") { Stored = "events" },
        new("engagement_ms", Arm.Events, "sumIf(toUInt64(e.engagement_ms), e.visit_id != 0)") { Stored = "engagement_ms" },
        Part.Distinct("visits_engaged", Arm.Events, "e.visit_id", "e.engagement_ms > 0 AND e.visit_id != 0") with { Stored = "visits_engaged" },
        new("scrolled", Arm.Events, "arraySum(mapValues(maxMapIf(map(sipHash64(e.visit_id, e.path), e.scroll_depth), e.scroll_depth > 0)))"),
        Part.Distinct("pages_scrolled", Arm.Events, "sipHash64(e.visit_id, e.path)", "e.scroll_depth > 0"),
        new("revenue_e4", Arm.Events, "sum(toInt64(ifNull(e.revenue, 0) * 10000))") { Zero = "toInt64(0)", Stored = "revenue_e4" },
        new("sales", Arm.Events, "countIf(isNotNull(e.revenue))") { Stored = "sales" },
        new("impressions", Arm.Events, "countIf(e.name = 'ad_impression')") { Stored = "impressions" },
        new("ad_hits", Arm.Events, "countIf(e.name = 'ad_click')") { Stored = "ad_hits" },
        new("counted_hits", Arm.Events, $"countIf({CountedHit})"),
        Part.Distinct("counted_clickers", Arm.Events, $"sipHash64(e.visitor_id, e.ad_id, {AdMonth})", CountedHit),
        Part.Distinct("ad_viewers", Arm.Events, $"sipHash64(e.visitor_id, e.ad_id, {AdMonth})", "e.name = 'ad_impression' AND e.visitor_mode = 'consented'"),
        VisitsStarted,
        new("started", Arm.Visits, "count()") { Stored = "started" },
        new("started_consented", Arm.Visits, "countIf(v.visitor_mode = 'consented')") { Stored = "started_consented" },
        new("lasted_ms", Arm.Visits, "sum(toUInt64(greatest(0, dateDiff('millisecond', v.start, v.end))))") { Stored = "lasted_ms" },
        new("engaged", Arm.Visits, "countIf(v.engagement_ms > 10000 OR v.pageviews >= 2)") { Stored = "engaged" },
        Part.Distinct("new_visitors", Arm.Visits, "v.visitor_id", "v.visit_number <= 1 AND v.visitor_mode = 'consented'") with { Stored = "new_visitors" },
        Part.Distinct("returning_visitors", Arm.Visits, "v.visitor_id", "v.visit_number > 1 AND v.visitor_mode = 'consented'") with { Stored = "returning_visitors" },
        new("entries", Arm.Entries, "count()") { Stored = "entries" },
        new("bounces", Arm.Entries, $"countIf({Bounced})") { Stored = "bounces" },
        new("exits", Arm.Exits, "count()") { Stored = "exits" },
    ];

    /// <summary>What rollups hold: every part that can be added up, and visits in both meanings.</summary>
    public static IReadOnlyList<Part> Rolled { get; } = [.. All.Where(p => p.Stored is not null && p != VisitsStarted), VisitsSeen];

    /// <param name="part">A part of <see cref="All"/>.</param>
    /// <param name="aboutEvents">The query has a filter or a dimension of events.</param>
    public static Part Resolve(Part part, bool aboutEvents) =>
        part == VisitsStarted && aboutEvents ? VisitsSeen : part;
}
