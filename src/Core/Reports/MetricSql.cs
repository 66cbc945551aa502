namespace SaaS.Analytics.Reports;

/// <summary>A metric's formula over the parts of all arms.</summary>
sealed class MetricSql(ReportQuery query, Reading reading, SqlParameters parameters)
{
    readonly PartSql parts = new(query, reading, parameters);

    public string Of(Metric metric)
    {
        var formula = metric.Parts.Aggregate(metric.Formula, (sql, part) =>
            sql.Replace($"{{{part.Name}}}", parts.Added(Parts.Resolve(part, query.AboutEvents)), StringComparison.Ordinal));
        return formula.Contains(Metric.OfAll) ? formula.Replace(Metric.OfAll, VisitorsOfAll(), StringComparison.Ordinal) : formula;
    }

    /// <summary>The visitors of the same range and filters, without the dimensions.</summary>
    string VisitorsOfAll()
    {
        var visitors = Metrics.Get("visitors").Parts.Single();
        var arms = new ArmSql(query with { Dimensions = [] }, reading, parameters, [visitors]);
        return $"(SELECT {parts.Added(visitors)} FROM ({arms.Union()}))";
    }
}
