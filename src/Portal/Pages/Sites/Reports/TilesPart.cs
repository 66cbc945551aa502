using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The first row, and what is told below the report.</summary>
sealed record TilesPart(IReadOnlyList<TileValue> Tiles, ReportMeta Meta)
{
    public bool Empty => Tiles.All(t => t.Now is null or 0);

    /// <param name="result">Has the report's metrics, and visits: the sample that changes rest on.</param>
    /// <param name="report">Whose tiles they are.</param>
    public static TilesPart Of(ReportResult result, Report report)
    {
        var row = result.Rows[0];
        var visits = result.IndexOf("visits");
        var sample = Math.Min(row.Metrics[visits] ?? 0, row.Compared?.Metrics[visits] ?? 0);
        return new TilesPart([.. report.Tiles.Select((t, i) => new TileValue(t, row.Metrics[i], row.Compared?.Metrics[i], sample))], result.Meta);
    }
}
