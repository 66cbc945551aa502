namespace SaaS.Analytics.Reports;

/// <summary>Unique visitors of a calendar month, of the site and of each ad, by the same parts that reports count.</summary>
static class MonthSql
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

    static readonly (string Column, Part Part)[] Both =
    [
        .. new[] { ("impressions", "impressions"), ("hits", "ad_hits"), ("counted_clickers", "counted_clickers"), ("counted_hits", "counted_hits") }
            .Select(b => (b.Item1, Parts.All.Single(p => p.Name == b.Item2))),
    ];

    /// <summary>What follows <c>ad_id</c> in every row, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. OfSite.Select(p => p.Name), .. Both.Select(b => b.Column)];

    /// <summary>Two statements, of the site and of its ads, each with <c>ad_id</c> and <see cref="Columns"/>.</summary>
    /// <param name="query">The site and the month, in the site's zone. Its metrics and dimensions play no part.</param>
    /// <param name="before">What stands before the SELECT.</param>
    /// <param name="columns">What is selected before <c>ad_id</c>; may name <c>{site:UInt32}</c>.</param>
    public static IEnumerable<Plan> Of(ReportQuery query, string before = "", string columns = "")
    {
        yield return One(query, OfSite, "''", before, columns);
        var ads = query with { Dimensions = [Dimensions.Get("event:ad")], Filters = [Match.Is("event:ad", "") with { Negated = true }] };
        yield return One(ads, OfAd, "d0", before, columns);
    }

    static Plan One(ReportQuery query, Part[] visitors, string ad, string before, string columns)
    {
        var parameters = new SqlParameters();
        parameters.Add("site", "UInt32", query.Site.Id);
        List<Part> parts = [.. visitors, .. Both.Select(b => b.Part)];
        var arms = new ArmSql(query, Reading.AllRaw(query.Range), parameters, parts).Union();
        var sql = $"{before}SELECT {columns}{ad}, {string.Join(", ", parts.Select(p => p.Column))}\nFROM ({arms})";
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }
}
