using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A page of numbers: tiles, a chart that follows them, cards. A new one is a file with one of these and a line in <see cref="ReportCatalog"/>.</summary>
/// <param name="Path">What follows <c>/sites/{domain}</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Metrics">Its tiles, of <see cref="Tile.All"/>; the first is charted unless another is chosen.</param>
/// <param name="Cards">The most frequent values.</param>
sealed record Report(string Path, string Title, IReadOnlyList<string> Metrics, IReadOnlyList<TopCard> Cards)
{
    /// <summary>One sentence under the heading, where the title does not say it all.</summary>
    public string? Lead { get; init; }

    /// <summary>What everything on the page is about, besides the filters that are chosen.</summary>
    public IReadOnlyList<Filter> Where { get; init; } = [];

    /// <summary>What else its address may hold.</summary>
    public IReadOnlyList<string> Keys { get; init; } = ["details", "q", "sort", "order", "p"];

    /// <summary>The share of visitors is drawn on a map, too.</summary>
    public bool Map { get; init; }

    /// <summary>The header tells who is there now.</summary>
    public bool ShowsActive { get; init; }

    /// <summary>Always about the last minutes, a bar a minute, with the events as they come; there is no period to choose.</summary>
    public int? Minutes { get; init; }

    /// <summary>Filters can be chosen.</summary>
    public bool Filterable { get; init; } = true;

    public IReadOnlyList<Tile> Tiles { get; } = [.. Metrics.Select(Tile.Of)];

    /// <summary>What is charted unless another tile is chosen.</summary>
    public string MainMetric => Metrics.Count > 0 ? Metrics[0] : "visitors";

    public TopCard? Card(string? key) => Cards.FirstOrDefault(c => c.Key == key);
}
