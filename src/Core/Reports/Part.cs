namespace SaaS.Analytics.Reports;

/// <summary>Something one arm of a query counts. Aliases: <c>e</c> a row of events, <c>v</c> a row of visits.</summary>
/// <param name="Name">Name in a metric's formula.</param>
/// <param name="Arm">Which rows it is counted over.</param>
/// <param name="Sql">The aggregate; for distinct values the expression whose values are counted.</param>
public sealed record Part(string Name, Arm Arm, string Sql)
{
    /// <summary>Set: distinct values of <see cref="Sql"/> are counted, over the rows where this holds.</summary>
    public string? DistinctWhere { get; init; }

    /// <summary>What the arms that do not count it put in its place; of the same type.</summary>
    public string Zero { get; init; } = "toUInt64(0)";

    /// <summary>The column of rollups that holds it; null where it cannot be added up over days.</summary>
    public string? Stored { get; init; }

    public bool IsDistinct => DistinctWhere is not null;

    public string Column => "n_" + Name;

    public static Part Distinct(string name, Arm arm, string value, string where) => new(name, arm, value) { DistinctWhere = where };
}

public enum Arm
{
    /// <summary>Events of the period.</summary>
    Events,

    /// <summary>Events of the period, whether they reach the goals of the query or not.</summary>
    Groups,

    /// <summary>Visits that started in the period and, with a filter on events, had one that passes it.</summary>
    Visits,

    /// <summary>The same, but with a filter on the page: the visits that entered there.</summary>
    Entries,

    /// <summary>The same, but with a filter on the page: the visits that ended there.</summary>
    Exits,
}
