namespace SaaS.Analytics.Reports;

/// <summary>
/// From a question to SQL; pure functions. A query has up to five arms – rollups, events, visits, entries, exits – each of
/// which counts its parts by the same dimensions; the statement adds them up and works out the metrics.
/// </summary>
public static class Planner
{
    /// <summary>Everything from the raw tables.</summary>
    public static Plan Plan(ReportQuery query) => Plan(query, Reading.AllRaw(query.Range));

    /// <param name="query">The question.</param>
    /// <param name="reading">What is read; see <see cref="ReadingChoice"/>.</param>
    public static Plan Plan(ReportQuery query, Reading reading)
    {
        var parameters = new SqlParameters();
        var parts = PartsOf(query);
        var metrics = new MetricSql(query, reading, parameters);
        var arms = new ArmSql(query, reading, parameters, parts).Union();
        var sql = $"""
            SELECT {Columns(query, metrics)}
            FROM
            (
            {arms}
            )
            {Grouping(query, metrics)}SETTINGS do_not_merge_across_partitions_select_final = 1
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, reading.Source);
    }

    public static List<Part> PartsOf(ReportQuery query) =>
        [.. query.Metrics.SelectMany(m => m.Parts).Select(p => Parts.Resolve(p, query.AboutEvents)).Distinct()];

    static string Columns(ReportQuery query, MetricSql sql)
    {
        var dimensions = query.Dimensions.Select((_, i) => $"d{i}");
        var metrics = query.Metrics.Select((m, i) => $"toFloat64({sql.Of(m)}) AS m{i}");
        var total = query.IncludeTotalRows ? ["count() OVER () AS total_rows"] : Array.Empty<string>();
        return string.Join(", ", [.. dimensions, .. metrics, .. total]);
    }

    static string Grouping(ReportQuery query, MetricSql sql)
    {
        if (query.Dimensions.Count == 0) return "";
        var keys = query.Dimensions.Select((_, i) => $"d{i}").ToList();
        var order = query.OrderBy.Count > 0 ? query.OrderBy.Select(o => Order(query, o)) : [DefaultOrder(query)];
        return $"GROUP BY {string.Join(", ", keys)}\n{Having(query, sql)}"
            + $"ORDER BY {string.Join(", ", order.Concat(keys).Distinct())}\n"
            + $"LIMIT {query.Limit} OFFSET {query.Offset}\n";
    }

    /// <summary>Groups that are only counted to be divided by are no rows.</summary>
    static string Having(ReportQuery query, MetricSql sql) =>
        query.Filters.Any(f => f.IsGoal) && PartsOf(query).Exists(p => p.Arm == Arm.Groups) ? $"HAVING {sql.Of(Metrics.Get("visitors"))} > 0\n" : "";

    static string DefaultOrder(ReportQuery query)
    {
        var time = query.Dimensions.ToList().FindIndex(d => d.Scope == DimensionScope.Time);
        return time >= 0 ? $"d{time}" : "m0 DESC";
    }

    static string Order(ReportQuery query, OrderBy order)
    {
        var metric = query.Metrics.ToList().FindIndex(m => m.Key == order.Key);
        var column = metric >= 0 ? $"m{metric}" : $"d{query.Dimensions.ToList().FindIndex(d => d.Key == order.Key)}";
        return order.Descending ? column + " DESC" : column;
    }
}
