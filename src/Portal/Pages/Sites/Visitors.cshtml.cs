using System.Globalization;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>Visitors one by one, the last seen first.</summary>
sealed class VisitorsModel(ReportParts parts, VisitorList visitors) : ReportPage
{
    const int PageSize = 50;
    const int MostPages = 100;
    static readonly Report About = new("/visitors", "Visitors", [], []) { Keys = ["q", "p"], Filterable = false };

    public string? Search => State["q"]?.Trim() is { Length: > 0 } text ? text : null;
    public int Number { get; private set; } = 1;
    public PagePart<IReadOnlyList<ListedVisitor>> Rows { get; private set; } = null!;
    public bool HasNext { get; private set; }

    protected override Report Find() => About;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (int.TryParse(State["p"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPages) Number = number;
        Rows = await parts.GuardAsync("visitors", () => visitors.FindAsync(Site, Range, Search, PageSize + 1, (Number - 1) * PageSize, cancel));
        HasNext = Rows.Value?.Count > PageSize && Number < MostPages;
    }
}
