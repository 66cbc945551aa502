using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Asks for the parts of a page, each on its own.</summary>
sealed partial class ReportParts(Reporter reporter, ActiveVisitors active, ChunksInFlight chunks, TimeProvider time, ILogger<ReportParts> log)
{
    const int RowsShown = 9;
    const string Visits = "visits";
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(31);

    readonly Dictionary<string, Task<ReportResult>> totals = [];

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<PagePart<TilesPart>> TilesAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => GuardAsync("tiles", async () =>
    {
        var query = Query(site, state, [.. state.Report.Metrics.Append(Visits).Distinct()]);
        var result = await reporter.RunAsync(state.Compare.In(query, site) with { CompareUntilNow = true }, cancel);
        return TilesPart.Of(result, state.Report);
    });

    public Task<PagePart<ChartPart>> ChartAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => GuardAsync("chart", async () =>
    {
        var query = Query(site, state, [state.Metric]);
        var bucket = state.Report.Minutes is null ? Period.Bucket(query.Range) : TimeBucket.Minute;
        var result = await reporter.RunAsync(state.Compare.In(query, site) with { Dimensions = [Dimensions.OfTime(bucket)] }, cancel);
        return ChartPart.Of(result, Tile.Of(state.Metric), bucket, Now);
    });

    public Task<PagePart<TopRows>> TopAsync(AuthorizedSite site, ReportState state, TopCard card, CancellationToken cancel) => GuardAsync(card.Key, async () =>
    {
        var tab = state.Tab(card);
        var total = TotalAsync(site, state, tab, cancel);
        var rows = await reporter.RunAsync(About(Query(site, state, [tab.Metric]), tab) with { Limit = RowsShown }, cancel);
        return Rows(card, tab, rows, (await total).Rows[0].Metrics[0] ?? 0);
    });

    /// <summary>The full table of a card, a page of it.</summary>
    public Task<PagePart<DetailsPart>> DetailsAsync(AuthorizedSite site, ReportState state, DetailsView view, CancellationToken cancel) => GuardAsync("details", async () =>
        new DetailsPart(view, await reporter.RunAsync(Details(site, state, view) with { Limit = DetailsView.PageSize, Offset = view.Offset, IncludeTotalRows = true }, cancel)));

    /// <summary>All of its rows, as far as a report goes.</summary>
    public Task<ReportResult> AllRowsAsync(AuthorizedSite site, ReportState state, DetailsView view, CancellationToken cancel) =>
        reporter.RunAsync(Details(site, state, view), cancel);

    /// <summary>All tiles over time.</summary>
    public Task<ReportResult> SeriesAsync(AuthorizedSite site, ReportState state, CancellationToken cancel)
    {
        var query = Query(site, state, [.. state.Report.Metrics]);
        return reporter.RunAsync(query with { Dimensions = [Dimensions.OfTime(Period.Bucket(query.Range))] }, cancel);
    }

    public Task<PagePart<ActiveNow>> ActiveAsync(AuthorizedSite site, CancellationToken cancel) =>
        GuardAsync("active visitors", async () => new ActiveNow(await active.CountAsync(site, cancel)));

    public Task<PagePart<MapPart>> MapAsync(AuthorizedSite site, ReportState state, CancellationToken cancel) => GuardAsync("map", async () =>
        MapPart.Of(await reporter.RunAsync(Query(site, state, ["visitors"]) with { Dimensions = [Dimensions.Find("visit:country")!] }, cancel)));

    /// <summary>What has been taken and cannot be counted yet, for a page whose numbers are missing.</summary>
    public async Task<WaitingEvents> WaitingAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var open = await chunks.BetweenAsync(Now - LongestWait, Now.AddDays(1), site.Id, cancel);
        return new WaitingEvents(open.Sum(m => m.Events), open.Count == 0 ? null : open.Min(m => m.Minute));
    }

    /// <summary>Cards that count the same share the question of how much there is in all.</summary>
    Task<ReportResult> TotalAsync(AuthorizedSite site, ReportState state, TopTab tab, CancellationToken cancel)
    {
        var query = Query(site, state, [tab.Metric]) with { Filters = [.. Filters(state), .. tab.Where] };
        if (tab.Where.Count > 0) return reporter.RunAsync(query, cancel);
        lock (totals)
        {
            if (!totals.TryGetValue(tab.Metric, out var total)) totals[tab.Metric] = total = reporter.RunAsync(query, cancel);
            return total;
        }
    }

    static ReportQuery About(ReportQuery query, TopTab tab)
    {
        var filters = query.Filters.Concat(tab.Where);
        if (tab.HideEmpty) filters = filters.Append(Match.Is(tab.Dimension, "") with { Negated = true });
        return query with { Filters = [.. filters], Dimensions = [.. tab.Keys.Select(k => Dimensions.Find(k)!)] };
    }

    ReportQuery Details(AuthorizedSite site, ReportState state, DetailsView view)
    {
        var query = About(Query(site, state, [.. view.Tab.Columns]), view.Tab);
        if (view.Search is { } search)
            query = query with { Filters = [.. query.Filters, new AnyOf([.. query.Dimensions.Select(d => new Match(d, MatchKind.Contains, false, [search], CaseSensitive: false))])] };
        return query with { OrderBy = [new OrderBy(view.Sort, view.Descending)] };
    }

    static TopRows Rows(TopCard card, TopTab tab, ReportResult result, double total)
    {
        var rows = result.Rows.Select(r => (Row: r, Count: r.Metrics[0] ?? 0)).Where(r => r.Count > 0).ToList();
        var most = rows.Select(r => r.Count).DefaultIfEmpty(1).Max();
        return new TopRows(card, tab, [.. rows.Select(r => new TopRow(
            tab.FiltersOf(r.Row), tab.TextOf(r.Row), r.Count, 100 * r.Count / most, total == 0 ? null : 100 * r.Count / total))]);
    }

    /// <summary>A question about the page's period, what it is about and its filters.</summary>
    public ReportQuery Query(AuthorizedSite site, ReportState state, string[] metrics) => new(site, state.Range(site, Now))
    {
        Metrics = [.. metrics.Select(Metrics.Get)],
        Filters = [.. Filters(state)],
    };

    static IEnumerable<Filter> Filters(ReportState state) => state.Report.Where.Concat(state.Filters.Select(f => f.Resolve(state.Goals)));

    /// <summary>A part that fails is logged and said; the others stand.</summary>
    public async Task<PagePart<T>> GuardAsync<T>(string part, Func<Task<T>> ask) where T : class
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The report's {Part} could not be counted.")]
    partial void Failed(string part, Exception e);
}
