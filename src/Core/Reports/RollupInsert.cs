namespace SaaS.Analytics.Reports;

/// <summary>
/// The statements that make rollups: the same arms over the raw tables that a report reads, so that both count alike.
/// </summary>
public static class RollupInsert
{
    /// <summary>One statement a dimension of the grain; all must succeed before the build is published.</summary>
    /// <param name="query">The site and the range: whole days in the site's zone. Its metrics and dimensions play no part.</param>
    /// <param name="build">The number of the build.</param>
    /// <param name="grain">The steps.</param>
    public static IEnumerable<Plan> Of(ReportQuery query, long build, RollupGrain grain) =>
        RolledDimensions.All.Where(d => RolledDimensions.Has(d.Key, grain)).Select(d => Of(query, build, grain, d.Key));

    static Plan Of(ReportQuery query, long build, RollupGrain grain, string key)
    {
        var parameters = new SqlParameters();
        query = query with { TimeZone = query.Site.TimeZone, Filters = [], Dimensions = DimensionsOf(grain, key) };
        var reading = Reading.AllRaw(query.Range) with { KeepsStates = true };
        var parts = Parts.Rolled.Where(p => Fits(query, p)).ToList();
        var arms = new ArmSql(query, reading, parameters, parts).Union();
        var value = key == "" ? "''" : "d1";
        var sql = $"""
            INSERT INTO rollups (site_id, grain, dimension, build, day, at, value, {string.Join(", ", parts.Select(p => p.Stored))})
            SELECT {parameters.Add("site", "UInt32", query.Site.Id)}, {(int)grain}, {parameters.Text(key)}, {build}, {Day(grain, parameters, query)}, {At(grain)}, {value}, {string.Join(", ", parts.Select(Sum))}
            FROM
            (
            {arms}
            )
            GROUP BY {(key == "" ? "d0" : "d0, d1")}
            SETTINGS do_not_merge_across_partitions_select_final = 1
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }

    static IReadOnlyList<Dimension> DimensionsOf(RollupGrain grain, string key)
    {
        var time = Dimensions.OfTime(grain == RollupGrain.Day ? TimeBucket.Day : TimeBucket.QuarterHour);
        return key == "" ? [time] : [time, Dimensions.Get(key)];
    }

    /// <summary>A part that belongs to whole visits is not kept by dimensions of events, and visits by their events only by those.</summary>
    static bool Fits(ReportQuery query, Part part) => part.Stored == Parts.VisitsSeenColumn
        ? query.AboutEvents
        : part.Arm == Arm.Events || query.Dimensions.All(d => QueryCheck.Has(d, part.Arm));

    static string Sum(Part part) => part.IsDistinct ? States.Kept(part.Column) : $"sum({part.Column})";

    static string Day(RollupGrain grain, SqlParameters parameters, ReportQuery query) => grain == RollupGrain.Day
        ? "toDate(d0)"
        : $"toDate(toDateTime(d0, 'UTC'), {parameters.Add("zone", "String", query.Site.TimeZone)})";

    static string At(RollupGrain grain) => grain == RollupGrain.Day ? "toDateTime(toDate(d0), 'UTC')" : "toDateTime(d0, 'UTC')";
}
