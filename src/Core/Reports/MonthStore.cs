using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Unique visitors of a calendar month, of the site and of each ad, by the same parts that reports count.</summary>
public sealed class MonthStore(RollupStore store)
{
    static readonly Part[] OfSite =
    [
        Part.Distinct("unique_visitors", Arm.Events, "e.visitor_id", "e.name != 'engagement' AND e.visitor_mode = 'consented'"),
        Part.Distinct("daily_cookieless_visitors", Arm.Events, "e.visitor_id", "e.name != 'engagement' AND e.visitor_mode = 'cookieless'"),
    ];

    static readonly Part[] OfAd =
    [
        Part.Distinct("unique_visitors", Arm.Events, "e.visitor_id", "e.name = 'ad_impression' AND e.visitor_mode = 'consented'"),
        Part.Distinct("daily_cookieless_visitors", Arm.Events, "e.visitor_id", "e.name = 'ad_impression' AND e.visitor_mode = 'cookieless'"),
    ];

    static readonly (string Column, string Part)[] Both =
        [("impressions", "impressions"), ("hits", "ad_hits"), ("counted_clickers", "counted_clickers"), ("counted_hits", "counted_hits")];

    /// <param name="site">The site.</param>
    /// <param name="month">The first and the last instant, in the site's zone.</param>
    /// <param name="first">Its first day.</param>
    /// <param name="build">The number of the build; its rows hold once PostgreSQL names it.</param>
    /// <param name="cancel">Ends the statement.</param>
    public async Task BuildAsync(AuthorizedSite site, TimeRange month, DateOnly first, long build, CancellationToken cancel)
    {
        var query = new ReportQuery(site, month) { Metrics = [] };
        await store.RunAsync(Insert(query, OfSite, "''", first, build), cancel);
        var ads = query with { Dimensions = [Dimensions.Get("event:ad")], Filters = [Match.Is("event:ad", "") with { Negated = true }] };
        await store.RunAsync(Insert(ads, OfAd, "d0", first, build), cancel);
    }

    static Plan Insert(ReportQuery query, Part[] visitors, string ad, DateOnly month, long build)
    {
        var parameters = new SqlParameters();
        var shared = Both.Select(b => (b.Column, Part: Parts.All.Single(p => p.Name == b.Part))).ToList();
        var columns = visitors.Select(v => (Column: v.Name, Part: v)).Concat(shared).ToList();
        var arms = new ArmSql(query, Reading.AllRaw(query.Range), parameters, [.. columns.Select(c => c.Part)]).Union();
        var sql = $"""
            INSERT INTO rollup_months (site_id, month, build, ad_id, {string.Join(", ", columns.Select(c => c.Column))})
            SELECT {parameters.Add("site", "UInt32", query.Site.Id)}, toDate('{month:yyyy-MM-dd}'), {build}, {ad}, {string.Join(", ", columns.Select(c => c.Part.Column))}
            FROM ({arms})
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }
}
