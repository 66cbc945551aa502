namespace SaaS.Analytics.Reports;

/// <summary>Puts beside each row the one it is compared with: by position in a series, else by its dimensions.</summary>
static class RowComparison
{
    const char Between = '\u001f';

    /// <summary>Asks only for the rows that will be shown.</summary>
    public static ReportQuery Narrow(ReportQuery compared, IReadOnlyList<ReportRow> rows)
    {
        var filters = compared.Dimensions
            .Select((d, i) => (Filter)new Match(d, MatchKind.Is, false, [.. rows.Select(r => r.Dimensions[i]).Distinct()]))
            .Where(f => f.Dimensions.All(d => d.Scope != DimensionScope.Time));
        return compared with { Filters = [.. compared.Filters, .. filters], Offset = 0, Limit = ReportQuery.MostRows };
    }

    public static List<ReportRow> Join(ReportQuery query, IReadOnlyList<ReportRow> rows, IReadOnlyList<ReportRow> others)
    {
        if (query.Dimensions.Count == 0 || query.Series is not null)
            return [.. rows.Select((row, i) => row with { Compared = others.ElementAtOrDefault(i) })];
        var byKey = others.ToDictionary(Key);
        return [.. rows.Select(row => row with { Compared = byKey.GetValueOrDefault(Key(row)) })];
    }

    static string Key(ReportRow row) => string.Join(Between, row.Dimensions);
}
