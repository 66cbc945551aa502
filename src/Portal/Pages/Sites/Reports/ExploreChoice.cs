using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What an explored table shows.</summary>
/// <param name="Metrics">One to six.</param>
/// <param name="Dimensions">None to two.</param>
/// <param name="Heat">By hour and day of the week instead.</param>
sealed record ExploreChoice(IReadOnlyList<Tile> Metrics, IReadOnlyList<string> Dimensions, bool Heat)
{
    const int MostMetrics = 6;

    /// <summary>By time, then what the filter box offers.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Offered { get; } =
    [
        new("time:day", "Day"), new("time:week", "Week"), new("time:month", "Month"), new("time:hour", "Hour"),
        .. DimensionNames.All.Where(d => d.Key != FilterChip.GoalKey),
    ];

    public static ExploreChoice Of(ReportState state)
    {
        var metrics = (state["m"] ?? "").Split(',').Select(key => Tile.All.FirstOrDefault(t => t.Metric == key)).OfType<Tile>().Distinct().Take(MostMetrics).ToList();
        var dimensions = new[] { state["d1"] ?? "visit:source", state["d2"] ?? "" }
            .Select(key => SaaS.Analytics.Reports.Dimensions.Find(key)?.Key).OfType<string>().Distinct().ToList();
        if (dimensions.Count(d => d.StartsWith("time:", StringComparison.Ordinal)) > 1) dimensions = [dimensions[0]];
        return new(metrics.Count > 0 ? metrics : [Tile.Of("visitors"), Tile.Of("pageviews")], dimensions, state["view"] == "heat");
    }

    public bool OverTime => Dimensions is [var first] && first.StartsWith("time:", StringComparison.Ordinal);
}
