using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Portal.Pages.Sites.Overview;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>What happened on the site: numbers, chart, most frequent values. Every part can be fetched alone.</summary>
sealed class OverviewModel(OverviewReports reports) : SitePage
{
    public OverviewState State { get; private set; } = null!;
    public TimeRange Range { get; private set; }
    public PagePart<TilesPart> Tiles { get; private set; } = null!;
    public PagePart<ChartPart> Chart { get; private set; } = null!;
    public IReadOnlyList<(TopCard Card, PagePart<TopRows> Rows)> Cards { get; private set; } = [];

    public PagePart<ActiveNow> Active { get; private set; } = null!;

    /// <summary>New events can change what is shown.</summary>
    public bool IsLive => Range.To > reports.Now;
    public Calendar Calendar => new(Site.TimeZone);

    public async Task<IActionResult> OnGetAsync(string? fd, string? fo, string? fq, CancellationToken cancel)
    {
        Read();
        if (!string.IsNullOrWhiteSpace(fq) && FilterChip.Parse($"{fo},{fd},{fq.Trim()}") is { } filter) return Redirect(State.With(filter).Url);
        await Task.WhenAll(TilesAsync(cancel), ChartAsync(cancel), CardsAsync(TopCard.All, cancel), ActiveAsync(cancel));
        return Page();
    }

    public async Task<IActionResult> OnGetReportAsync(CancellationToken cancel)
    {
        Read();
        await Task.WhenAll(TilesAsync(cancel), ChartAsync(cancel), CardsAsync(TopCard.All, cancel));
        return Partial("Overview/_Report", this);
    }

    public async Task<IActionResult> OnGetTilesAsync(CancellationToken cancel)
    {
        Read();
        await TilesAsync(cancel);
        return Partial("Overview/_Tiles", this);
    }

    public async Task<IActionResult> OnGetChartAsync(CancellationToken cancel)
    {
        Read();
        await ChartAsync(cancel);
        return Partial("Overview/_Chart", this);
    }

    public async Task<IActionResult> OnGetCardAsync(string card, CancellationToken cancel)
    {
        Read();
        if (TopCard.Find(card) is not { } found) return NotFound();
        await CardsAsync([found], cancel);
        return Partial("Overview/_Card", (this, Cards[0].Card, Cards[0].Rows));
    }

    void Read()
    {
        State = OverviewState.Read(Site.Domain, Request.Query);
        Range = State.Range(Site, reports.Now);
    }

    async Task TilesAsync(CancellationToken cancel) => Tiles = await reports.TilesAsync(Site, State, cancel);

    async Task ChartAsync(CancellationToken cancel) => Chart = await reports.ChartAsync(Site, State, cancel);

    async Task CardsAsync(IReadOnlyList<TopCard> cards, CancellationToken cancel)
    {
        var rows = await Task.WhenAll(cards.Select(card => reports.TopAsync(Site, State, card, cancel)));
        Cards = [.. cards.Zip(rows)];
    }

    async Task ActiveAsync(CancellationToken cancel) => Active = await reports.ActiveAsync(Site, cancel);
}
