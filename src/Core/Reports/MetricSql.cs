namespace SaaS.Analytics.Reports;

/// <summary>A metric's formula over the parts of all arms.</summary>
sealed class MetricSql(ReportQuery query, Reading reading, SqlParameters parameters)
{
    readonly PartSql parts = new(query, reading, parameters);

    public string Of(Metric metric)
    {
        var formula = metric.Parts.Aggregate(metric.Formula, (sql, part) =>
            sql.Replace($"{{{part.Name}}}", parts.Added(Parts.Resolve(part, query.AboutEvents)), StringComparison.Ordinal));
        return With(With(formula, Metric.OfAll, query), Metric.BeforeGoals, query.BeforeGoals);
    }

    string With(string formula, string name, ReportQuery whole) =>
        formula.Contains(name, StringComparison.Ordinal) ? formula.Replace(name, VisitorsOf(whole), StringComparison.Ordinal) : formula;

    /// <summary>The visitors of the same range, without the dimensions.</summary>
    string VisitorsOf(ReportQuery whole)
    {
        var visitors = Metrics.Get("visitors").Parts.Single();
        var arms = new ArmSql(whole with { Dimensions = [] }, reading, parameters, [visitors]);
        return $"(SELECT {parts.Added(visitors)} FROM ({arms.Union()}))";
    }
}
