namespace SaaS.Analytics.Reports;

/// <summary>Something one arm of a query counts. Aliases: <c>e</c> a row of events, <c>v</c> a row of visits.</summary>
/// <param name="Name">Name in a metric's formula.</param>
/// <param name="Arm">Which rows it is counted over.</param>
/// <param name="Sql">The aggregate.</param>
public sealed record Part(string Name, Arm Arm, string Sql)
{
    public string Column => "n_" + Name;
}

public enum Arm
{
    /// <summary>Events of the period.</summary>
    Events,

    /// <summary>Visits that started in the period and, with a filter on events, had one that passes it.</summary>
    Visits,

    /// <summary>The same, but with a filter on the page: the visits that entered there.</summary>
    Entries,
}
