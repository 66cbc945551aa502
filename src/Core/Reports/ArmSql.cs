namespace SaaS.Analytics.Reports;

/// <summary>The arms of one query.</summary>
sealed class ArmSql
{
    readonly ReportQuery query;
    readonly Reading reading;
    readonly SqlParameters parameters;
    readonly IReadOnlyList<Part> parts;
    readonly RowSql rows;
    readonly PartSql sql;

    public ArmSql(ReportQuery query, Reading reading, SqlParameters parameters, IReadOnlyList<Part> parts)
    {
        (this.query, this.reading, this.parameters, this.parts) = (query, reading, parameters, parts);
        rows = new RowSql(query, reading, parameters);
        sql = new PartSql(query, reading, parameters);
    }

    /// <summary>All arms as one table of dimensions and parts.</summary>
    public string Union() => string.Join("\nUNION ALL\n", All());

    IEnumerable<string> All()
    {
        if (reading.Rollup is { } rollup) yield return new RollupSql(query, rollup, parameters).Arm(parts);
        if (reading.Raw.Count == 0) yield break;
        if (Counts(Arm.Events)) yield return Events(Arm.Events);
        if (Counts(Arm.Groups)) yield return new ArmSql(query.BeforeGoals, reading, parameters, parts).Events(Arm.Groups);
        if (query.Filters.Any(AboutPage) || query.Dimensions.Any(d => d.Scope == DimensionScope.Event))
            foreach (var arm in new[] { Arm.Visits, Arm.Entries, Arm.Exits }.Where(Counts)) yield return Visits(arm);
        else if (parts.Any(p => p.Arm is not (Arm.Events or Arm.Groups))) yield return Visits(Arm.Visits, Arm.Entries, Arm.Exits);
    }

    static bool AboutPage(Filter filter) => filter.Dimensions.Any(d => d.Key == Dimensions.Page);

    bool Counts(Arm arm) => parts.Any(p => p.Arm == arm);

    string Events(Arm arm)
    {
        var select = Select(rows.OfEvent, arm);
        return $"SELECT {select}\n{rows.EventsFrom()}{GroupBy}";
    }

    string Visits(params Arm[] arms)
    {
        var conditions = rows.VisitsWhere(arms.Length == 1 ? arms[0] : Arm.Visits);
        var select = Select(d => rows.OfVisit(d, arms.Length == 1 ? arms[0] : Arm.Visits), arms);
        return $"SELECT {select}\nFROM visits AS v FINAL\nWHERE {conditions}{GroupBy}";
    }

    string GroupBy => query.Dimensions.Count == 0 ? "" : $"\nGROUP BY {string.Join(", ", query.Dimensions.Select((_, i) => $"d{i}"))}";

    string Select(Func<Dimension, string> column, params Arm[] arms)
    {
        var dimensions = query.Dimensions.Select((d, i) => $"{column(d)} AS d{i}");
        var counted = parts.Select(p => $"{(arms.Contains(p.Arm) ? sql.Counted(p) : sql.Zero(p))} AS {p.Column}");
        return string.Join(", ", [.. dimensions, .. counted]);
    }
}
