using System.Globalization;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Which full table is open, and how.</summary>
/// <param name="Card">The card it belongs to.</param>
/// <param name="Tab">Its breakdown.</param>
/// <param name="Search">What its rows must contain.</param>
/// <param name="Sort">Metric it is ordered by.</param>
/// <param name="Descending">Most first.</param>
/// <param name="Page">From 1.</param>
sealed record DetailsView(TopCard Card, TopTab Tab, string? Search, string Sort, bool Descending, int Page)
{
    public const int PageSize = 50;
    const int MostPages = 200;
    const int LongestSearch = 200;

    public int Offset => (Page - 1) * PageSize;

    /// <returns>Null where no card of that name is on the page.</returns>
    public static DetailsView? Of(ReportState state, string? card)
    {
        if (state.Report.Card(card) is not { } found) return null;
        var tab = state.Tab(found);
        var search = state["q"]?.Trim() is { Length: > 0 and <= LongestSearch } text ? text : null;
        var page = int.TryParse(state["p"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostPages ? number : 1;
        return new(found, tab, search, tab.Columns.FirstOrDefault(c => c == state["sort"]) ?? tab.Columns[0], state["order"] != "asc", page);
    }
}
