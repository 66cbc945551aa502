namespace SaaS.Analytics.Reports;

/// <summary>What was chosen and why, for <c>include.explain</c>.</summary>
/// <param name="Source">As in the answer's meta.</param>
/// <param name="Why">In words.</param>
/// <param name="RolledDays">Days taken from rollups.</param>
/// <param name="RawRanges">Pieces read from the raw tables.</param>
/// <param name="Sql">The statement; values travel beside it.</param>
public sealed record Explanation(string Source, string Why, int RolledDays, IReadOnlyList<TimeRange> RawRanges, string Sql)
{
    public static Explanation Of(Plan plan, Reading reading) =>
        new(plan.Source, reading.Why, reading.Rollup?.Days.Count ?? 0, reading.Raw, plan.Sql);
}
