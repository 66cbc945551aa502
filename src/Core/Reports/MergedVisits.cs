namespace SaaS.Analytics.Reports;

/// <summary>
/// A repair that makes visits one writes their rows first and labels their events after that. While it is at that, the visit
/// of an event is taken for the one that took it over.
/// </summary>
static class MergedVisits
{
    const string Label = "e.visit_id";

    /// <summary>Those that are none any more; one that only changed its visitor leads to itself.</summary>
    const string Gone = "FROM visits FINAL WHERE site_id = {site:UInt32} AND merged_into NOT IN (0, visit_id)";

    /// <summary>Over two hops: a visit that took others over may itself be taken over before any label is changed.</summary>
    public static Plan Follow(Plan plan) => plan with { Sql = plan.Sql.Replace(Label, Survivor(Survivor(Label)), StringComparison.Ordinal) };

    static string Survivor(string visit) => $"transform({visit}, (SELECT {Sorted("x.1")} {Gone}), (SELECT {Sorted("x.2")} {Gone}), {visit})";

    static string Sorted(string part) => $"arrayMap(x -> {part}, arraySort(groupArray((visit_id, merged_into))))";
}
