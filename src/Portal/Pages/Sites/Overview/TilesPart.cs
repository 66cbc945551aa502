using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>The first row, and what is told below the report.</summary>
sealed record TilesPart(IReadOnlyList<TileValue> Tiles, ReportMeta Meta)
{
    public bool Empty => Tiles.All(t => t.Now is null or 0);

    public static TilesPart Of(ReportResult result)
    {
        var row = result.Rows[0];
        var visits = result.IndexOf("visits");
        var sample = Math.Min(row.Metrics[visits] ?? 0, row.Compared?.Metrics[visits] ?? 0);
        return new TilesPart([.. Tile.All.Select((t, i) => new TileValue(t, row.Metrics[i], row.Compared?.Metrics[i], sample))], result.Meta);
    }
}
