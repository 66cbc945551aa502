namespace SaaS.Analytics.Reports;

/// <summary>Every part; names of more than one definition depend on what the query is about.</summary>
public static class Parts
{
    const string Counted = "e.name != 'engagement'";
    const string Bounced =
        "v.pageviews < 2 AND v.interactive_events = 0 AND ($bounce_ms = 0 OR v.engagement_ms < $bounce_ms)";

    /// <summary>Visits: those that started in the period.</summary>
    static readonly Part VisitsStarted = new("visits", Arm.Visits, "count()");

    /// <summary>Visits, where the query is about events: those that had one that passes, in its own place in time.</summary>
    static readonly Part VisitsSeen = new("visits", Arm.Events, $"uniqExactIf(e.visit_id, {Counted})");

    public static IReadOnlyList<Part> All { get; } =
    [
        new("visitors", Arm.Events, $"uniqExactIf(e.visitor_id, {Counted})"),
        new("pageviews", Arm.Events, "countIf(e.name IN ('pageview', 'screenview'))"),
        new("events", Arm.Events, $"countIf({Counted})"),
        new("engagement_ms", Arm.Events, "sumIf(toUInt64(e.engagement_ms), e.visit_id != 0)"),
        new("visits_engaged", Arm.Events, "uniqExactIf(e.visit_id, e.engagement_ms > 0 AND e.visit_id != 0)"),
        VisitsStarted,
        new("started", Arm.Visits, "count()"),
        new("lasted_ms", Arm.Visits, "sum(toUInt64(greatest(0, dateDiff('millisecond', v.start, v.end))))"),
        new("new_visitors", Arm.Visits, "uniqExactIf(v.visitor_id, v.visit_number <= 1)"),
        new("returning_visitors", Arm.Visits, "uniqExactIf(v.visitor_id, v.visit_number > 1)"),
        new("entries", Arm.Entries, "count()"),
        new("bounces", Arm.Entries, $"countIf({Bounced})"),
    ];

    /// <param name="part">A part of <see cref="All"/>.</param>
    /// <param name="aboutEvents">The query has a filter or a dimension of events.</param>
    public static Part Resolve(Part part, bool aboutEvents) =>
        part == VisitsStarted && aboutEvents ? VisitsSeen : part;
}
