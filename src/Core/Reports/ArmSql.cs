using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>The arms of one query.</summary>
sealed class ArmSql
{
    readonly ReportQuery query;
    readonly SqlParameters parameters;
    readonly IReadOnlyList<Part> parts;
    readonly RowSql rows;

    public ArmSql(ReportQuery query, SqlParameters parameters, IReadOnlyList<Part> parts)
    {
        (this.query, this.parameters, this.parts) = (query, parameters, parts);
        rows = new RowSql(query, parameters);
    }

    public IEnumerable<string> All()
    {
        if (Counts(Arm.Events)) yield return Events();
        if (query.Filters.Any(EntersByPage) || query.Dimensions.Any(d => d.Scope == DimensionScope.Event))
        {
            if (Counts(Arm.Visits)) yield return Visits(Arm.Visits);
            if (Counts(Arm.Entries)) yield return Visits(Arm.Entries);
        }
        else if (Counts(Arm.Visits) || Counts(Arm.Entries)) yield return Visits(Arm.Visits, Arm.Entries);
    }

    static bool EntersByPage(Filter filter) => filter.Dimensions.Any(d => d.Key == Dimensions.Page);

    bool Counts(Arm arm) => parts.Any(p => p.Arm == arm);

    string Events()
    {
        var from = rows.EventsFrom();
        return $"SELECT {Select(rows.OfEvent, Arm.Events)}\n{from}{GroupBy}";
    }

    string Visits(params Arm[] arms)
    {
        var conditions = rows.VisitsWhere(entries: arms is [Arm.Entries]);
        return $"SELECT {Select(rows.OfVisit, arms)}\nFROM visits AS v FINAL\nWHERE {conditions}{GroupBy}";
    }

    string GroupBy => query.Dimensions.Count == 0 ? "" : $"\nGROUP BY {string.Join(", ", query.Dimensions.Select((_, i) => $"d{i}"))}";

    string Select(Func<Dimension, string> column, params Arm[] arms)
    {
        var dimensions = query.Dimensions.Select((d, i) => $"{column(d)} AS d{i}");
        var counted = parts.Select(p => arms.Contains(p.Arm) ? $"{Sql(p)} AS {p.Column}" : $"toUInt64(0) AS {p.Column}");
        return string.Join(", ", dimensions.Concat(counted));
    }

    string Sql(Part part) => !part.Sql.Contains("$bounce_ms") ? part.Sql
        : part.Sql.Replace("$bounce_ms", parameters.Add("bounce_ms", "UInt64", query.Site.BounceSeconds * 1000L), StringComparison.Ordinal);
}
