namespace SaaS.Analytics.Reports;

public static class Change
{
    /// <summary>From <paramref name="before"/> to <paramref name="now"/>: percent, for percentages points; null where it cannot be told.</summary>
    public static double? Of(Metric metric, double? before, double? now) => (before, now, metric.Kind) switch
    {
        (null, _, _) or (_, null, _) => null,
        (_, _, MetricKind.Percentage) => now - before,
        (0, 0, _) => 0,
        (0, _, _) => null,
        _ => 100 * (now - before) / before,
    };
}
