using ClickHouse.Driver;

namespace SaaS.Analytics.Reports;

/// <summary>Asks ClickHouse whether it understands the regular expressions of a query: only RE2 itself knows RE2.</summary>
sealed class PatternCheck(ReportStore store)
{
    const int CannotCompileRegexp = 427;

    /// <exception cref="ReportQueryException">Names the value that is no expression.</exception>
    public async Task CheckAsync(ReportQuery query, CancellationToken cancel)
    {
        var matches = query.Filters.SelectMany(f => f.Matches).Where(m => m.Kind == MatchKind.Matches).ToList();
        if (matches.Count == 0 || await UnderstoodAsync([.. matches.SelectMany(m => m.Values)], cancel)) return;
        foreach (var match in matches)
            for (var i = 0; i < match.Values.Count; i++)
                if (!await UnderstoodAsync([match.Values[i]], cancel))
                    throw new ReportQueryException($"{match.Field}[{i}]", "The regular expression cannot be understood (RE2 syntax: no look-around, no back references).");
    }

    async Task<bool> UnderstoodAsync(List<string> patterns, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var sql = $"SELECT {string.Join(", ", patterns.Select(p => $"match('', {parameters.Text(p)})"))}";
        try
        {
            await store.RowsAsync(new Plan(sql, parameters.All, "raw"), cancel);
            return true;
        }
        catch (ClickHouseServerException e) when (e.ErrorCode == CannotCompileRegexp)
        {
            return false;
        }
    }
}
