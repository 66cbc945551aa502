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
        new("new_visitors", "{new_visitors}"),
        new("returning_visitors", "{returning_visitors}"),
    ];

    static readonly Dictionary<string, Metric> ByKey = All.ToDictionary(m => m.Key);

    public static Metric? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <exception cref="KeyNotFoundException">No such metric.</exception>
    public static Metric Get(string key) => ByKey[key];
}
