using SaaS.Analytics.Ads;
using SaaS.Analytics.Portal.Sites.Ads;
using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Campaigns beside what they cost, and ads by the rules of counting.</summary>
sealed class CampaignParts(ReportParts parts, Reporter reporter, AdCosts costs)
{
    const int RowsShown = 200;
    static readonly string[] Metrics = ["visitors", "visits", "bounce_rate"];

    public Task<PagePart<CampaignTable>> TableAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => parts.GuardAsync("campaigns", async () =>
    {
        var level = CampaignLevel.Find(state["by"]);
        var spent = Spending.Of(await CostsAsync(site, state, cancel), state, level);
        var about = parts.Query(site, state, Metrics) with { Dimensions = [Dimensions.Find(level.Dimension)!], Limit = RowsShown };
        var visits = reporter.RunAsync(about, cancel);
        var converters = Column(await reporter.RunAsync(Converting(about, state), cancel));
        var revenue = Column(await reporter.RunAsync(Earning(about, spent.Currency), cancel));
        return CampaignTable.Of(level, await visits, converters, revenue, spent);
    });

    /// <summary>Nothing is left out on the way to a click: raw hits, who clicked often enough, and how often they did.</summary>
    public Task<PagePart<AdTable>> AdsAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => parts.GuardAsync("ads", async () =>
    {
        var query = new ReportQuery(site, state.Range(site, parts.Now))
        {
            Metrics = [.. AdTable.Metrics.Select(SaaS.Analytics.Reports.Metrics.Get)],
            Filters = [.. state.Filters.Select(f => f.Resolve(state.Goals)), Match.Is("event:name", "ad_impression", "ad_click"), Match.Is("event:ad", "") with { Negated = true }],
            Dimensions = [Dimensions.Find("event:ad")!],
            Limit = RowsShown,
        };
        return new AdTable(await reporter.RunAsync(query, cancel));
    });

    Task<IReadOnlyList<AdCost>> CostsAsync(AuthorizedSite site, ReportState state, CancellationToken cancel)
    {
        var range = state.Range(site, parts.Now);
        var calendar = new Calendar(site.TimeZone);
        return costs.BetweenAsync(site, calendar.Day(range.From), calendar.Day(range.To.AddTicks(-1)), cancel);
    }

    /// <summary>Visitors who reached a goal, the chosen one or any.</summary>
    static ReportQuery Converting(ReportQuery about, ReportState state)
    {
        var goals = state.Goals.Where(g => state["goal"] is null || g.Name == state["goal"]).Select(GoalFilters.Of).ToList();
        Filter reached = goals.Count == 0 ? FilterChip.Never : new AnyOf(goals);
        return about with { Metrics = [SaaS.Analytics.Reports.Metrics.Get("visitors")], Filters = [.. about.Filters, new HasDone(reached, Negated: false)] };
    }

    static ReportQuery Earning(ReportQuery about, string currency) => about with
    {
        Metrics = [SaaS.Analytics.Reports.Metrics.Get("total_revenue")],
        Filters = currency.Length == 0 ? about.Filters : [.. about.Filters, Match.Is("event:currency", currency)],
    };

    static Dictionary<string, double?> Column(ReportResult result) => result.Rows.ToDictionary(r => r.Dimensions[0], r => r.Metrics[0]);
}
