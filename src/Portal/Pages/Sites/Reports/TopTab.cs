using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>One breakdown.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Name">What is read.</param>
/// <param name="Dimension">What its rows are.</param>
sealed record TopTab(string Key, string Name, string Dimension)
{
    /// <summary>Rows without a value say nothing here.</summary>
    public bool HideEmpty { get; init; }

    /// <summary>A dimension without which the value means little: the browser of a version.</summary>
    public string? Before { get; init; }

    /// <summary>What the card counts and is ordered by.</summary>
    public string Metric { get; init; } = "visitors";

    /// <summary>The numbers of the full table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"];

    /// <summary>What it is about, besides the filters of the page.</summary>
    public IReadOnlyList<Filter> Where { get; init; } = [];

    /// <summary>What is read where there is nothing.</summary>
    public string? Nothing { get; init; }

    public IReadOnlyList<string> Keys => Before is null ? [Dimension] : [Before, Dimension];

    public string TextOf(ReportRow row) => string.Join(' ', Keys.Select((key, i) => DimensionNames.Value(key, row.Dimensions[i])));

    /// <summary>What shows only this row, on the whole page.</summary>
    public IReadOnlyList<FilterChip> FiltersOf(ReportRow row) => [.. Keys.Select((key, i) => FilterChip.Is(key, row.Dimensions[i]))];
}
