using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>How often goals were reached.</summary>
sealed class GoalParts(ReportParts parts, Reporter reporter)
{
    public Task<PagePart<GoalTable>> TableAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => parts.GuardAsync("goals", async () =>
    {
        var visitors = reporter.RunAsync(parts.Query(site, state, ["visitors"]), cancel);
        var rows = await Task.WhenAll(state.Goals.Select(goal => RowAsync(site, state, goal, cancel)));
        var all = await visitors;
        var total = all.Rows[0].Metrics[0] ?? 0;
        return new GoalTable([.. rows.Select(r => r with { Rate = Rates.Percent(r.Converters, total) }).OrderByDescending(r => r.Converters)], total, all.Meta);
    });

    async Task<GoalRow> RowAsync(AuthorizedSite site, ReportState state, Goal goal, CancellationToken cancel)
    {
        var query = parts.Query(site, state, ["visitors"]);
        // Reading is told by engagement, which is no event to be counted: whoever did it is asked for instead.
        if (goal.Kind == GoalKind.Scroll)
        {
            var readers = await reporter.RunAsync(query with { Filters = [.. query.Filters, new HasDone(GoalFilters.Of(goal), Negated: false)] }, cancel);
            return new GoalRow(goal, readers.Rows[0].Metrics[0] ?? 0, null, null, null);
        }
        var about = query with { Filters = [.. query.Filters, GoalFilters.Of(goal)] };
        var counted = reporter.RunAsync(about with { Metrics = [Metrics.Get("visitors"), Metrics.Get("events")] }, cancel);
        var money = goal.Currency.Length == 0 ? null : await reporter.RunAsync(about with
        {
            Metrics = [Metrics.Get("total_revenue"), Metrics.Get("average_revenue")], Filters = [.. about.Filters, Match.Is("event:currency", goal.Currency)],
        }, cancel);
        var row = (await counted).Rows[0].Metrics;
        return new GoalRow(goal, row[0] ?? 0, row[1], money?.Rows[0].Metrics[0], money?.Rows[0].Metrics[1]);
    }
}

/// <summary>All goals of a site.</summary>
/// <param name="Rows">The most reached first.</param>
/// <param name="Visitors">All of them, whether they reached a goal or not.</param>
/// <param name="Meta">What to know about the numbers.</param>
sealed record GoalTable(IReadOnlyList<GoalRow> Rows, double Visitors, ReportMeta Meta);

/// <param name="Goal">Which.</param>
/// <param name="Converters">Visitors who reached it.</param>
/// <param name="Conversions">How often; null where only visitors can be counted.</param>
/// <param name="Revenue">In the goal's currency.</param>
/// <param name="Average">Revenue of a conversion that had one.</param>
sealed record GoalRow(Goal Goal, double Converters, double? Conversions, double? Revenue, double? Average)
{
    /// <summary>Converters of all visitors, percent.</summary>
    public double? Rate { get; init; }
}
