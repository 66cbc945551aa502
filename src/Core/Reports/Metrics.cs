namespace SaaS.Analytics.Reports;

/// <summary>Every metric; a new one is a line here (and perhaps a part it needs).</summary>
public static class Metrics
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("visitors", "{visitors}"),
        new("visits", "{visits}"),
        new("pageviews", "{pageviews}"),
        new("events", "{events}"),
        new("views_per_visit", "{pageviews} / nullIf({visits}, 0)", MetricKind.Ratio),
        new("bounce_rate", "100 * {bounces} / nullIf({entries}, 0)", MetricKind.Percentage),
        new("visit_duration", "{lasted_ms} / 1000 / nullIf({started}, 0)", MetricKind.Duration),
        new("engagement_time", "{engagement_ms} / 1000", MetricKind.Duration),
        new("time_on_page", "{engagement_ms} / 1000 / nullIf({visits_engaged}, 0)", MetricKind.Duration),
        new("scroll_depth", "{scrolled} / nullIf({pages_scrolled}, 0)", MetricKind.Percentage),
        new("exit_rate", "100 * {exits} / nullIf({pageviews}, 0)", MetricKind.Percentage),
        new("percentage", "100 * {visitors} / nullIf({visitors_of_all}, 0)", MetricKind.Percentage),
        new("conversions", "{visitors}") { NeedsGoal = true },
        new("conversion_rate", "100 * {visitors} / nullIf({visitors_before_goals}, 0)", MetricKind.Percentage) { NeedsGoal = true },
        new("group_conversion_rate", "100 * {visitors} / nullIf({visitors_in_group}, 0)", MetricKind.Percentage) { NeedsGoal = true },
        new("engaged_visits", "{engaged}"),
        new("engagement_rate", "100 * {engaged} / nullIf({started}, 0)", MetricKind.Percentage),
        new("new_visitors", "{new_visitors}") { NeedsMemory = true },
        new("returning_visitors", "{returning_visitors}") { NeedsMemory = true },
        new("total_revenue", "{revenue_e4} / 10000", MetricKind.Amount),
        new("average_revenue", "{revenue_e4} / 10000 / nullIf({sales}, 0)", MetricKind.Amount),
        new("impressions", "{impressions}"),
        new("ad_hits", "{ad_hits}"),
        new("clicks", "{counted_hits}") { NeedsMemory = true },
        new("clickers", "{counted_clickers}") { NeedsMemory = true },
        new("ctr", "100 * {counted_hits} / nullIf({impressions}, 0)", MetricKind.Percentage) { NeedsMemory = true },
        new("unique_monthly_visitors", "{ad_viewers}") { NeedsMemory = true },
    ];

    /// <summary>Share of the visits whose visitors are recognised beyond a day.</summary>
    public static Metric Coverage { get; } = new("coverage", "100 * {started_consented} / nullIf({started}, 0)", MetricKind.Percentage);

    static readonly Dictionary<string, Metric> ByKey = All.ToDictionary(m => m.Key);

    public static Metric? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <exception cref="KeyNotFoundException">No such metric.</exception>
    public static Metric Get(string key) => ByKey[key];
}
