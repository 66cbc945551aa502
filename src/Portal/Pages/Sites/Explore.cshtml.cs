using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites.Saved;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Any metrics by any dimensions, as a table with a chart; kept under a name.</summary>
sealed class ExploreModel(ReportParts parts, Reporter reporter, SavedReports saved) : ReportPage
{
    const int RowsShown = 200;

    static readonly Report About = new("/explore", "Explore", [], []) { Keys = ["m", "d1", "d2", "sort", "order", "view"] };

    public ExploreChoice Choice { get; private set; } = null!;
    public PagePart<ReportResult>? Table { get; private set; }
    public PagePart<HeatTable>? Heat { get; private set; }
    public PagePart<ChartPart>? Chart { get; private set; }
    public IReadOnlyList<SavedReport> Saved { get; private set; } = [];

    /// <summary>What the choice cannot be counted by, and why.</summary>
    public string? Problem { get; private set; }
    public string? SaveError { get; private set; }

    protected override Report Find() => About;

    public Task OnGetAsync(CancellationToken cancel) => CountAsync(cancel);

    public async Task<IActionResult> OnGetExportAsync(string format, CancellationToken cancel)
    {
        Choice = ExploreChoice.Of(State);
        try
        {
            return ExportFile.Of(State, "explore", format, await reporter.RunAsync(Query(ReportQuery.MostRows), cancel));
        }
        catch (ReportQueryException e)
        {
            return BadRequest(e.Message);
        }
    }

    public async Task<IActionResult> OnPostSaveAsync(string? name, bool shared, CancellationToken cancel)
    {
        SaveError = await saved.AddAsync(Site, name, new QueryBuilder(State.Fields()).ToQueryString().Value!, shared, cancel);
        if (SaveError is null)
        {
            TempData.Say($"{name!.Trim()} is saved");
            return Redirect(State.Url);
        }
        await CountAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostForgetAsync(Guid id, CancellationToken cancel)
    {
        if (await saved.RemoveAsync(Site, id, cancel) > 0) TempData.Say("The saved report is removed");
        return Redirect(State.Url);
    }

    async Task CountAsync(CancellationToken cancel)
    {
        Choice = ExploreChoice.Of(State);
        Saved = await saved.AllAsync(Site, cancel);
        if (Choice.Heat) Heat = await AskAsync(HeatQuery(), HeatTable.Of, cancel);
        else await TableAsync(cancel);
    }

    /// <summary>What makes no sense together is said; what fails is a failed part.</summary>
    async Task<PagePart<T>?> AskAsync<T>(ReportQuery query, Func<ReportResult, T> read, CancellationToken cancel) where T : class
    {
        var part = await parts.GuardAsync<T>("exploration", async () =>
        {
            try
            {
                return read(await reporter.RunAsync(query, cancel));
            }
            catch (ReportQueryException e)
            {
                Problem = e.Message;
                return null!;
            }
        });
        return part is { Value: null, Failed: false } ? null : part;
    }

    async Task TableAsync(CancellationToken cancel)
    {
        Table = await AskAsync(Query(RowsShown), r => r, cancel);
        if (Choice.OverTime && Table?.Value is { Rows.Count: > 0 } result)
            Chart = await parts.GuardAsync("chart", () => Task.FromResult(ChartPart.Of(result, Choice.Metrics[0], result.Query.Dimensions[0].Bucket!.Value, Now)));
    }

    ReportQuery Query(int limit)
    {
        var query = parts.Query(Site, State, [.. Choice.Metrics.Select(m => m.Metric)]);
        query = query with { Dimensions = [.. Choice.Dimensions.Select(d => Dimensions.Find(d)!)], Limit = Choice.OverTime ? ReportQuery.MostRows : limit };
        var sort = Choice.Metrics.FirstOrDefault(m => m.Metric == State["sort"]);
        return sort is null || Choice.OverTime ? query : query with { OrderBy = [new OrderBy(sort.Metric, State["order"] != "asc")] };
    }

    ReportQuery HeatQuery() => parts.Query(Site, State, [Choice.Metrics[0].Metric]) with { Dimensions = [Dimensions.Find("time:hour_of_week")!] };
}
