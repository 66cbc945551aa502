using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>One of the numbers in the first row.</summary>
/// <param name="Metric">Its key.</param>
/// <param name="Name">What is read.</param>
/// <param name="LessIsBetter">A fall is good news.</param>
sealed record Tile(string Metric, string Name, bool LessIsBetter = false)
{
    public static IReadOnlyList<Tile> All { get; } =
    [
        new("visitors", "Visitors"),
        new("visits", "Visits"),
        new("pageviews", "Page views"),
        new("views_per_visit", "Views per visit"),
        new("bounce_rate", "Bounce rate", LessIsBetter: true),
        new("visit_duration", "Visit duration"),
    ];

    public static Tile Of(string metric) => All.First(t => t.Metric == metric);

    public MetricKind Kind => Metrics.Get(Metric).Kind;

    public string Text(double? value) => Kind switch
    {
        MetricKind.Percentage => Format.Percent(value),
        MetricKind.Duration => Format.Duration(value),
        MetricKind.Ratio => value is { } v ? v.ToString("0.0#", System.Globalization.CultureInfo.InvariantCulture) : Format.Nothing,
        _ => Format.Number(value),
    };

    public string Exact(double? value) => Kind == MetricKind.Duration && value is not null ? Format.Exact(value) + " seconds" : Format.Exact(value);
}
