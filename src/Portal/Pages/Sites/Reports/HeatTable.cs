using System.Globalization;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A metric by day of the week and hour.</summary>
/// <param name="Tile">Which.</param>
/// <param name="Cells">Monday first, 24 hours each.</param>
/// <param name="Most">The largest of them.</param>
sealed record HeatTable(Tile Tile, double[][] Cells, double Most)
{
    public const int Steps = 6;

    public static IReadOnlyList<string> Days { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <param name="result">By <c>time:hour_of_week</c>: "1 00:00" is Monday's first hour.</param>
    public static HeatTable Of(ReportResult result)
    {
        var cells = Days.Select(_ => new double[24]).ToArray();
        foreach (var row in result.Rows)
        {
            var text = row.Dimensions[0];
            cells[text[0] - '1'][int.Parse(text.AsSpan(2, 2), CultureInfo.InvariantCulture)] = row.Metrics[0] ?? 0;
        }
        return new(Tile.Of(result.Query.Metrics[0].Key), cells, cells.SelectMany(c => c).Max());
    }

    public int Step(double value) => Most == 0 || value == 0 ? 0 : Math.Clamp((int)Math.Ceiling(Steps * value / Most), 1, Steps);
}
