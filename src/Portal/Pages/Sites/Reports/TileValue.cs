using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A tile's number beside the one it is compared with.</summary>
/// <param name="Tile">Which.</param>
/// <param name="Now">In the period.</param>
/// <param name="Before">In the period compared with; null where there is none.</param>
/// <param name="Sample">The smaller number of visits of the two: what the change rests on.</param>
sealed record TileValue(Tile Tile, double? Now, double? Before, double Sample)
{
    const double SmallSample = 30;
    const double Noticeable = 0.05;

    public double? Change => SaaS.Analytics.Reports.Change.Of(Metrics.Get(Tile.Metric), Before, Now);

    public bool Compared => Before is not null;

    public string Arrow => Change switch { > Noticeable => "↑", < -Noticeable => "↓", _ => "→" };

    public string ChangeText => Change is { } change
        ? (Tile.Kind == MetricKind.Percentage ? Format.Percent(Math.Abs(change)).Replace("%", " pt") : Format.Percent(Math.Abs(change)))
        : "new";

    /// <summary>How the change is told to a screen reader.</summary>
    public string Spoken => Change switch
    {
        null => "nothing before to compare with",
        > Noticeable => $"up {ChangeText}",
        < -Noticeable => $"down {ChangeText}",
        _ => "unchanged",
    };

    /// <summary>Coloured only where the change means something.</summary>
    public string Css => Change is not { } change || Sample < SmallSample || Math.Abs(change) <= Noticeable ? "change-flat"
        : change > 0 != Tile.LessIsBetter ? "change-up" : "change-down";
}
