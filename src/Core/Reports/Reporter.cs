using System.Globalization;

namespace SaaS.Analytics.Reports;

/// <summary>Answers questions: plan, rows, comparison, how fresh.</summary>
public sealed class Reporter(ReportStore store, TimeProvider time)
{
    const string Cookieless =
        "Cookieless visitors are counted once per UTC day, so that one person may be several visitors over several days.";

    /// <exception cref="ReportQueryException">The query makes no sense; names the field.</exception>
    public async Task<ReportResult> RunAsync(ReportQuery query, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        QueryCheck.Check(query);
        var plan = Planner.Plan(query);
        var fresh = FreshnessAsync(query, cancel);
        var raw = await store.RowsAsync(plan, cancel);
        var rows = RowReader.Read(query, raw);
        var compared = Compared(query);
        if (compared is not null) rows = await CompareAsync(compared, query, rows, cancel);
        return new ReportResult(query, rows, new ReportMeta
        {
            Source = plan.Source,
            Freshness = await fresh,
            Warnings = Warnings(query),
            TimeLabels = Labels(query),
            TotalRows = query.IncludeTotalRows ? TotalRows(query, raw) : null,
            Compared = compared?.Range,
            ElapsedMs = time.GetElapsedTime(began).TotalMilliseconds,
        });
    }

    /// <summary>Receipt of the newest event of the period's last day.</summary>
    async Task<DateTime?> FreshnessAsync(ReportQuery query, CancellationToken cancel)
    {
        var rows = await store.RowsAsync(FreshnessPlan.Of(query.Site, query.Range.EndedBy(time.GetUtcNow().UtcDateTime)), cancel);
        return rows is [[var at]] && Convert.ToInt64(at, CultureInfo.InvariantCulture) is > 0 and var ms
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime
            : null;
    }

    ReportQuery? Compared(ReportQuery query)
    {
        if (query.Comparison == Comparison.None) return null;
        var now = time.GetUtcNow().UtcDateTime;
        var calendar = new Calendar(query.Site.TimeZone);
        var range = query.Comparison == Comparison.Custom
            ? query.ComparedWith ?? throw new ReportQueryException("include.comparisons", "Name the range to compare with.")
            : Comparisons.Of(query.Range, query.Comparison, calendar, query.MatchWeekday);
        if (query.CompareUntilNow && query.Comparison != Comparison.Custom && now > query.Range.From && now < query.Range.To)
            range = range.EndedBy(range.From + (now - query.Range.From));
        return query with { Range = range, Comparison = Comparison.None, IncludeTotalRows = false };
    }

    async Task<List<ReportRow>> CompareAsync(ReportQuery compared, ReportQuery query, List<ReportRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return rows;
        if (query.Series is null && query.Dimensions.Count > 0) compared = RowComparison.Narrow(compared, rows);
        var others = RowReader.Read(compared, await store.RowsAsync(Planner.Plan(compared), cancel));
        return RowComparison.Join(query, rows, others);
    }

    static List<string> Warnings(ReportQuery query) =>
        query.Range.Length > TimeSpan.FromDays(1) && query.Metrics.Any(m => m.Key.EndsWith("visitors", StringComparison.Ordinal)) ? [Cookieless] : [];

    static List<string>? Labels(ReportQuery query)
    {
        if (!query.IncludeTimeLabels || query.Dimensions.FirstOrDefault(d => d.Bucket is not null)?.Bucket is not { } bucket) return null;
        var calendar = new Calendar(query.Site.TimeZone);
        return [.. Buckets.In(query.Range, bucket, calendar).Select(b => Buckets.Label(b, bucket, calendar))];
    }

    static long TotalRows(ReportQuery query, List<object[]> raw) =>
        raw.Count == 0 ? 0 : Convert.ToInt64(raw[0][query.Dimensions.Count + query.Metrics.Count], CultureInfo.InvariantCulture);
}
