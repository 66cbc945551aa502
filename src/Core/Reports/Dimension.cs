namespace SaaS.Analytics.Reports;

/// <summary>
/// What a report can be broken down and filtered by. In the SQL <c>e</c> is a row of events and <c>v</c> one of visits;
/// <c>$zone</c>, <c>$prop</c> and <c>$at</c> (the arm's time) are filled in by the planner.
/// </summary>
/// <param name="Key">Its name in the API.</param>
/// <param name="Scope">Whose property it is.</param>
/// <param name="Sql">The expression, over <c>e</c> for events, over <c>v</c> for visits, over <c>$at</c> for time.</param>
public sealed record Dimension(string Key, DimensionScope Scope, string Sql)
{
    /// <summary>The same of the event a visit entered with, over <c>v</c>; null where a visit does not keep it.</summary>
    public string? EntrySql { get; init; }

    /// <summary>The same of the event a visit ended with, over <c>v</c>; null where a visit does not keep it.</summary>
    public string? ExitSql { get; init; }

    /// <summary>How the empty value is shown and may be filtered.</summary>
    public string Empty { get; init; } = "(not set)";

    /// <summary>Name of the event property for <c>event:props:…</c>.</summary>
    public string? Property { get; init; }

    /// <summary>For time: the length of a bucket.</summary>
    public TimeBucket? Bucket { get; init; }
}

public enum DimensionScope
{
    Event,
    Visit,
    Time,
}

public enum TimeBucket
{
    Minute,
    QuarterHour,
    Hour,
    Day,
    Week,
    Month,
}
