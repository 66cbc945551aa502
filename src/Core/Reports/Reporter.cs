namespace SaaS.Analytics.Reports;

/// <summary>Answers questions: plan, rows, comparison, how fresh.</summary>
public sealed class Reporter(Answers answers, TimeProvider time)
{
    /// <exception cref="ReportQueryException">The query makes no sense; names the field.</exception>
    /// <exception cref="ReportLimitException">The query asks for more than the tenant may use.</exception>
    public async Task<ReportResult> RunAsync(ReportQuery query, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        QueryCheck.Check(query);
        var coverage = CoverageAsync(query, cancel);
        var (answer, plan, reading, cached) = await answers.OfAsync(query, cancel);
        var compared = Compared(query);
        var rows = compared is null ? answer.Rows : await CompareAsync(compared, query, answer.Rows, cancel);
        return new ReportResult(query, rows, new ReportMeta
        {
            Source = plan.Source,
            Freshness = answer.Freshness,
            SamplePercent = reading.Sampled ? 100.0 / Reading.SampleOf : 100,
            Approximate = Approximation.Is(query, reading, answer),
            Cached = cached,
            Coverage = await coverage,
            Warnings = Warnings.Of(query, reading),
            TimeLabels = Labels(query),
            TotalRows = answer.TotalRows,
            Compared = compared?.Range,
            Explanation = query.IncludeExplanation ? Explanation.Of(plan, reading) : null,
            ElapsedMs = time.GetElapsedTime(began).TotalMilliseconds,
        });
    }

    /// <summary>Per cent of the visits about which a metric that needs a memory can say something; null where no such metric is asked for.</summary>
    async Task<double?> CoverageAsync(ReportQuery query, CancellationToken cancel)
    {
        if (!query.Metrics.Any(m => m.NeedsMemory)) return null;
        var whole = query with { Metrics = [Metrics.Coverage], Dimensions = [], OrderBy = [], Limit = 1, Offset = 0, IncludeTotalRows = false };
        return (await answers.OfAsync(whole, cancel)).Answer.Rows[0].Metrics[0];
    }

    ReportQuery? Compared(ReportQuery query)
    {
        if (query.Comparison == Comparison.None) return null;
        var now = time.GetUtcNow().UtcDateTime;
        var range = Comparisons.Of(query);
        if (query.CompareUntilNow && query.Comparison != Comparison.Custom && now > query.Range.From && now < query.Range.To)
            range = range.EndedBy(range.From + (now - query.Range.From));
        return query with { Range = range, Comparison = Comparison.None, IncludeTotalRows = false };
    }

    async Task<IReadOnlyList<ReportRow>> CompareAsync(ReportQuery compared, ReportQuery query, IReadOnlyList<ReportRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return rows;
        if (query.Series is null && query.Dimensions.Count > 0) compared = RowComparison.Narrow(compared, rows);
        return RowComparison.Join(query, rows, (await answers.OfAsync(compared, cancel)).Answer.Rows);
    }

    static List<string>? Labels(ReportQuery query)
    {
        if (!query.IncludeTimeLabels || query.Dimensions.FirstOrDefault(d => d.Bucket is not null)?.Bucket is not { } bucket) return null;
        var calendar = query.Calendar;
        return [.. Buckets.In(query.Range, bucket, calendar).Select(b => Buckets.Label(b, bucket, calendar))];
    }
}
