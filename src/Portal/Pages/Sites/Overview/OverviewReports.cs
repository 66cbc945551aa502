using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>Asks for the parts of the page, each on its own.</summary>
sealed partial class OverviewReports(Reporter reporter, ActiveVisitors active, TimeProvider time, ILogger<OverviewReports> log)
{
    const int RowsShown = 9;

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<PagePart<TilesPart>> TilesAsync(AuthorizedSite site, OverviewState state, CancellationToken cancel) => GuardAsync("tiles", async () =>
    {
        var result = await reporter.RunAsync(Query(site, state, [.. Tile.All.Select(t => t.Metric)]) with
        {
            Comparison = state.Compare, CompareUntilNow = true,
        }, cancel);
        return TilesPart.Of(result);
    });

    public Task<PagePart<ChartPart>> ChartAsync(AuthorizedSite site, OverviewState state, CancellationToken cancel) => GuardAsync("chart", async () =>
    {
        var query = Query(site, state, [state.Metric]);
        var bucket = Period.Bucket(query.Range);
        var result = await reporter.RunAsync(query with { Dimensions = [Dimensions.OfTime(bucket)], Comparison = state.Compare }, cancel);
        return ChartPart.Of(result, Tile.Of(state.Metric), bucket, Now);
    });

    public Task<PagePart<TopRows>> TopAsync(AuthorizedSite site, OverviewState state, TopCard card, CancellationToken cancel) => GuardAsync(card.Key, async () =>
    {
        var tab = state.Tab(card);
        var query = Query(site, state, ["visitors"]);
        var total = reporter.RunAsync(query, cancel);
        if (tab.HideEmpty) query = query with { Filters = [.. query.Filters, Match.Is(tab.Dimension, "") with { Negated = true }] };
        var rows = await reporter.RunAsync(query with { Dimensions = [Dimensions.Find(tab.Dimension)!], Limit = RowsShown }, cancel);
        return Rows(card, tab, rows, (await total).Rows[0].Metrics[0] ?? 0);
    });

    public Task<PagePart<ActiveNow>> ActiveAsync(AuthorizedSite site, CancellationToken cancel) =>
        GuardAsync("active visitors", async () => new ActiveNow(await active.CountAsync(site, cancel)));

    static TopRows Rows(TopCard card, TopTab tab, ReportResult result, double total)
    {
        var rows = result.Rows.Select(r => (Value: r.Dimensions[0], Visitors: r.Metrics[0] ?? 0)).Where(r => r.Visitors > 0).ToList();
        var most = rows.Select(r => r.Visitors).DefaultIfEmpty(1).Max();
        return new TopRows(card, tab, [.. rows.Select(r => new TopRow(
            r.Value, DimensionNames.Value(tab.Dimension, r.Value), r.Visitors, 100 * r.Visitors / most, total == 0 ? null : 100 * r.Visitors / total))]);
    }

    ReportQuery Query(AuthorizedSite site, OverviewState state, string[] metrics) => new(site, state.Range(site, Now))
    {
        Metrics = [.. metrics.Select(Metrics.Get)],
        Filters = [.. state.Filters.Select(f => f.Match)],
    };

    async Task<PagePart<T>> GuardAsync<T>(string part, Func<Task<T>> ask) where T : class
    {
        try
        {
            return new PagePart<T>(await ask(), Failed: false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(part, e);
            return new PagePart<T>(null, Failed: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The overview's {Part} could not be counted.")]
    partial void Failed(string part, Exception e);
}
