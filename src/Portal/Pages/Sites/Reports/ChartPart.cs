using System.Globalization;
using SaaS.Analytics.Reports;
using Calendar = SaaS.Analytics.Reports.Calendar;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The large time series.</summary>
/// <param name="Tile">Which number.</param>
/// <param name="Bucket">The step.</param>
/// <param name="Points">In order; a step to come has no value, nor has a ratio of nothing.</param>
/// <param name="Scale">The vertical axis.</param>
/// <param name="Compared">There is a second line.</param>
sealed record ChartPart(Tile Tile, TimeBucket Bucket, IReadOnlyList<ChartPoint> Points, ChartScale Scale, bool Compared)
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static ChartPart Of(ReportResult result, Tile tile, TimeBucket bucket, DateTime now)
    {
        var calendar = new Calendar(result.Query.Site.TimeZone);
        var starts = result.Rows.Select(r => r.At!.Value).Append(result.Query.Range.To).ToList();
        var points = result.Rows.Select((row, i) => new ChartPoint(
            Label(calendar.Local(row.At!.Value), bucket),
            row.At > now ? null : row.Metrics[0],
            row.Compared is { At: { } at } ? Label(calendar.Local(at), bucket) : null,
            row.Compared?.Metrics[0],
            row.At > now ? PointState.ToCome : starts[i + 1] > now ? PointState.Running : PointState.Complete)).ToList();
        var most = points.Max(p => Math.Max(p.Value ?? 0, p.Before ?? 0));
        return new ChartPart(tile, bucket, points, ChartScale.For(most, tile.Kind), points.Exists(p => p.BeforeLabel is not null));
    }

    static string Label(DateTime local, TimeBucket bucket) => bucket switch
    {
        TimeBucket.Minute => local.ToString("HH:mm", English),
        TimeBucket.Hour => local.ToString("ddd d MMM, HH:mm", English),
        TimeBucket.Month => local.ToString("MMMM yyyy", English),
        TimeBucket.Week => "Week of " + local.ToString("d MMM yyyy", English),
        _ => local.ToString("ddd d MMM yyyy", English),
    };

    /// <summary>The short form under the axis.</summary>
    public string Tick(ChartPoint point) => Bucket switch
    {
        TimeBucket.Hour or TimeBucket.Minute => point.Label[^5..],
        TimeBucket.Month => point.Label[..3] + " " + point.Label[^2..],
        TimeBucket.Week => point.Label[8..^5],
        _ => point.Label[4..^5],
    };
}

/// <param name="Label">The time, as read.</param>
/// <param name="Value">Null where there is none.</param>
/// <param name="BeforeLabel">The time compared with.</param>
/// <param name="Before">Its value.</param>
/// <param name="State">How much of the step is over.</param>
sealed record ChartPoint(string Label, double? Value, string? BeforeLabel, double? Before, PointState State);

enum PointState
{
    Complete,
    Running,
    ToCome,
}
