namespace SaaS.Analytics.Reports;

/// <summary>What parses but cannot be answered.</summary>
static class QueryCheck
{
    const int MostBuckets = 20_000;

    /// <exception cref="ReportQueryException">Names the field.</exception>
    public static void Check(ReportQuery query)
    {
        for (var i = 0; i < query.Metrics.Count; i++) Metric(query, query.Metrics[i], $"metrics[{i}]");
        for (var i = 0; i < query.OrderBy.Count; i++) Order(query, query.OrderBy[i].Key, $"order_by[{i}][0]");
        if (query.Dimensions.Count(d => d.Scope == DimensionScope.Time) > 1)
            throw new ReportQueryException("dimensions", "Only one of them can be time.");
        if (Buckets(query) > MostBuckets)
            throw new ReportQueryException("dimensions", "The date range has too many steps of that length.");
    }

    static void Metric(ReportQuery query, Metric metric, string field)
    {
        foreach (var part in metric.Parts.Select(p => Parts.Resolve(p, query.AboutEvents)))
            if (query.Dimensions.FirstOrDefault(d => !Has(d, part.Arm)) is { } dimension)
                throw new ReportQueryException(field, $"The metric '{metric.Key}' belongs to whole visits and cannot be broken down by '{dimension.Key}'.");
    }

    /// <summary>Rows of the arm have the dimension.</summary>
    public static bool Has(Dimension dimension, Arm arm) => dimension.Scope != DimensionScope.Event || arm switch
    {
        Arm.Events or Arm.Groups => true,
        Arm.Entries => dimension.EntrySql is not null,
        Arm.Exits => dimension.ExitSql is not null,
        _ => false,
    };

    static void Order(ReportQuery query, string key, string field)
    {
        if (query.Metrics.All(m => m.Key != key) && query.Dimensions.All(d => d.Key != key))
            throw new ReportQueryException(field, $"'{key}' is neither one of the metrics nor one of the dimensions asked for.");
    }

    static double Buckets(ReportQuery query) => query.Dimensions.FirstOrDefault(d => d.Bucket is not null)?.Bucket switch
    {
        TimeBucket.Minute => query.Range.Length.TotalMinutes,
        TimeBucket.QuarterHour => query.Range.Length.TotalMinutes / 15,
        TimeBucket.Hour => query.Range.Length.TotalHours,
        _ => 0,
    };
}
