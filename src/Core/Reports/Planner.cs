namespace SaaS.Analytics.Reports;

/// <summary>
/// From a question to SQL; a pure function. A query has up to three arms – events, visits, entries – each of which counts
/// its parts by the same dimensions; the statement adds them up and works out the metrics.
/// </summary>
public static class Planner
{
    /// <summary>The one place that decides what is read: everything comes from the raw tables.</summary>
    public static Plan Plan(ReportQuery query)
    {
        var parameters = new SqlParameters();
        var parts = query.Metrics.SelectMany(m => m.Parts).Select(p => Parts.Resolve(p, query.AboutEvents)).Distinct().ToList();
        var arms = new ArmSql(query, parameters, parts);
        var sql = $"""
            SELECT {Columns(query)}
            FROM
            (
            {string.Join("\nUNION ALL\n", arms.All())}
            )
            {Grouping(query)}SETTINGS do_not_merge_across_partitions_select_final = 1
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }

    static string Columns(ReportQuery query)
    {
        var dimensions = query.Dimensions.Select((_, i) => $"d{i}");
        var metrics = query.Metrics.Select((m, i) => $"toFloat64({Formula(m)}) AS m{i}");
        var total = query.IncludeTotalRows ? ["count() OVER () AS total_rows"] : Array.Empty<string>();
        return string.Join(", ", [.. dimensions, .. metrics, .. total]);
    }

    static string Formula(Metric metric) =>
        metric.Parts.Aggregate(metric.Formula, (formula, part) => formula.Replace($"{{{part.Name}}}", $"sum({part.Column})", StringComparison.Ordinal));

    static string Grouping(ReportQuery query)
    {
        if (query.Dimensions.Count == 0) return "";
        var keys = query.Dimensions.Select((_, i) => $"d{i}").ToList();
        var order = query.OrderBy.Count > 0 ? query.OrderBy.Select(o => Order(query, o)) : [DefaultOrder(query)];
        return $"GROUP BY {string.Join(", ", keys)}\n"
            + $"ORDER BY {string.Join(", ", order.Concat(keys).Distinct())}\n"
            + $"LIMIT {query.Limit} OFFSET {query.Offset}\n";
    }

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
