namespace SaaS.Analytics.Reports;

public static class Approximation
{
    /// <summary>Up to here counts of distinct values are exact whatever is read.</summary>
    const double ExactUpTo = 10_000;

    /// <summary>True where a number may differ from the exact one: by a sample, or by a sketch of many distinct values.</summary>
    public static bool Is(ReportQuery query, Reading reading, Answer answer) =>
        reading.Sampled || (reading.ByStates && query.Metrics.Select((m, i) => (m, i)).Any(x => Sketched(query, x.m) && answer.Rows.Any(r => Many(x.m, r.Metrics[x.i]))));

    static bool Sketched(ReportQuery query, Metric metric) => metric.Parts.Any(p => Parts.Resolve(p, query.AboutEvents).IsDistinct);

    /// <summary>Of a ratio the number of distinct values cannot be seen.</summary>
    static bool Many(Metric metric, double? value) => metric.Kind == MetricKind.Count ? value > ExactUpTo : value > 0;
}
