using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>A report of <see cref="ReportCatalog"/>: numbers, chart, most frequent values. Every part can be fetched alone.</summary>
sealed class ReportModel(ReportParts parts, EventSearch events, TimeProvider time) : ReportPage
{
    const int EventsShown = 20;

    /// <summary>What one waits for a whole page; one that runs scripts then comes without its numbers and asks for them.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(600);

    public PagePart<TilesPart> Tiles { get; private set; } = null!;
    public PagePart<ChartPart> Chart { get; private set; } = null!;
    public PagePart<MapPart>? Map { get; private set; }
    public IReadOnlyList<(TopCard Card, PagePart<TopRows> Rows)> Cards { get; private set; } = [];
    public PagePart<IReadOnlyList<FoundEvent>>? Stream { get; private set; }
    public PagePart<ActiveNow>? Active { get; private set; }

    /// <summary>Set where the store of events did not answer.</summary>
    public WaitingEvents? Waiting { get; private set; }

    /// <summary>The numbers are still being counted: the page shows their places.</summary>
    public bool Later { get; private set; }

    /// <summary>The full table of one card is open instead of all of them.</summary>
    public DetailsView? Open { get; private set; }
    public PagePart<DetailsPart>? Details { get; private set; }

    public override IReadOnlyList<(string Key, string Name)> Exports => State.Report.Minutes is not null ? [] :
        [("chart", "Totals over time"), .. State.Report.Cards.Select(c => (c.Key, State.Tab(c) is { } tab && c.Tabs.Count > 1 ? $"{c.Title}: {tab.Name}" : c.Title))];

    protected override Report? Find() => ReportCatalog.Find(RouteData.Values["report"] as string);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Open = DetailsView.Of(State, State["details"]);
        var whole = Task.WhenAll(ReportAsync(cancel), ActiveAsync(cancel));
        Later = Request.Cookies["js"] == "1" && await Task.WhenAny(whole, Task.Delay(Patience, time, cancel)) != whole;
        if (!Later) await whole;
        return Page();
    }

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        Open = DetailsView.Of(State, State["details"]);
        await ReportAsync(cancel);
        return Partial("Reports/_Report", this);
    }

    public async Task<IActionResult> OnGetTilesAsync(CancellationToken cancel)
    {
        await TilesAsync(cancel);
        return Partial("Reports/_Tiles", this);
    }

    public async Task<IActionResult> OnGetChartAsync(CancellationToken cancel)
    {
        await ChartAsync(cancel);
        return Partial("Reports/_Chart", this);
    }

    public async Task<IActionResult> OnGetMapAsync(CancellationToken cancel)
    {
        await MapAsync(cancel);
        return Map is null ? NotFound() : Partial("Reports/_Map", this);
    }

    public async Task<IActionResult> OnGetStreamAsync(CancellationToken cancel)
    {
        await StreamAsync(cancel);
        return Stream is { } stream ? Partial("Reports/_Stream", (this, stream)) : NotFound();
    }

    public async Task<IActionResult> OnGetCardAsync(string card, CancellationToken cancel)
    {
        if (State.Report.Card(card) is not { } found) return NotFound();
        await CardsAsync([found], cancel);
        return Partial("Reports/_Card", (this, Cards[0].Card, Cards[0].Rows));
    }

    /// <summary>Exactly the rows that are shown, all of them, as a file.</summary>
    public async Task<IActionResult> OnGetExportAsync(string card, string format, CancellationToken cancel)
    {
        if (card == "chart") return ExportFile.Of(State, "over-time", format, await parts.SeriesAsync(Site, State, cancel));
        return DetailsView.Of(State, card) is { } view
            ? ExportFile.Of(State, view.Card.Key, format, await parts.AllRowsAsync(Site, State, view, cancel))
            : NotFound();
    }

    async Task ReportAsync(CancellationToken cancel)
    {
        if (Open is not null) Details = await parts.DetailsAsync(Site, State, Open, cancel);
        else await Task.WhenAll(TilesAsync(cancel), ChartAsync(cancel), MapAsync(cancel), StreamAsync(cancel), CardsAsync(State.Report.Cards, cancel));
        if (Details?.Failed ?? Tiles.Failed) Waiting = await parts.WaitingAsync(Site, cancel);
    }

    async Task TilesAsync(CancellationToken cancel) => Tiles = await parts.TilesAsync(Site, State, cancel);

    async Task ChartAsync(CancellationToken cancel) => Chart = await parts.ChartAsync(Site, State, cancel);

    async Task MapAsync(CancellationToken cancel) => Map = State.Report.Map ? await parts.MapAsync(Site, State, cancel) : null;

    async Task StreamAsync(CancellationToken cancel) => Stream = State.Report.Minutes is null ? null
        : await parts.GuardAsync("stream", () => events.FindAsync(new EventQuestion(Site, Range) { Limit = EventsShown }, cancel));

    async Task CardsAsync(IReadOnlyList<TopCard> cards, CancellationToken cancel)
    {
        var rows = await Task.WhenAll(cards.Select(card => parts.TopAsync(Site, State, card, cancel)));
        Cards = [.. cards.Zip(rows)];
    }

    async Task ActiveAsync(CancellationToken cancel) => Active = State.Report.ShowsActive ? await parts.ActiveAsync(Site, cancel) : null;
}
