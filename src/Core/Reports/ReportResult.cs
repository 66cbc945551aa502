namespace SaaS.Analytics.Reports;

/// <summary>The answer to a <see cref="ReportQuery"/>.</summary>
public sealed record ReportResult(ReportQuery Query, IReadOnlyList<ReportRow> Rows, ReportMeta Meta)
{
    /// <summary>Position of a metric in every row.</summary>
    public int IndexOf(string metric) => Query.Metrics.ToList().FindIndex(m => m.Key == metric);
}

/// <param name="Dimensions">In the order of the query; time as <see cref="Buckets.Label"/> writes it.</param>
/// <param name="Metrics">In the order of the query; null where there is nothing to divide by.</param>
public sealed record ReportRow(IReadOnlyList<string> Dimensions, IReadOnlyList<double?> Metrics)
{
    /// <summary>For a time series: when the bucket starts (UTC).</summary>
    public DateTime? At { get; init; }

    /// <summary>The same row of the period compared with.</summary>
    public ReportRow? Compared { get; init; }
}

public sealed record ReportMeta
{
    /// <summary>Receipt (UTC) of the newest event counted; null where there is none.</summary>
    public DateTime? Freshness { get; init; }

    /// <summary>What was read: <c>raw</c>, <c>rollup:day</c>, <c>rollup:15min</c>, these with <c>+raw</c>, or <c>sample</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Per cent of the visitors that were read; the numbers are scaled to all.</summary>
    public double SamplePercent { get; init; } = 100;

    /// <summary>A number may differ from the exact one, by 1 % at most unless it is sampled.</summary>
    public bool Approximate { get; init; }

    /// <summary>The answer was kept from before; <see cref="Freshness"/> says from when.</summary>
    public bool Cached { get; init; }

    /// <summary>Per cent of the visits whose visitors are known beyond a day; null where no metric needs that.</summary>
    public double? Coverage { get; init; }
    public Explanation? Explanation { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public IReadOnlyList<string>? TimeLabels { get; init; }
    public long? TotalRows { get; init; }

    /// <summary>The period compared with.</summary>
    public TimeRange? Compared { get; init; }
    public required double ElapsedMs { get; init; }
}
