using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A metric as people read it.</summary>
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
        new("events", "Events"),
        new("views_per_visit", "Views per visit"),
        new("bounce_rate", "Bounce rate", LessIsBetter: true),
        new("visit_duration", "Visit duration"),
        new("engagement_time", "Engagement time"),
        new("time_on_page", "Time on page"),
        new("scroll_depth", "Scroll depth"),
        new("engaged_visits", "Engaged visits"),
        new("engagement_rate", "Engagement rate"),
        new("exit_rate", "Exit rate", LessIsBetter: true),
        new("total_revenue", "Revenue"),
        new("average_revenue", "Average revenue"),
        new("impressions", "Impressions"),
        new("unique_monthly_visitors", "Unique monthly visitors"),
        new("ad_hits", "Raw hits"),
        new("clickers", "Counted clickers"),
        new("clicks", "Counted hits"),
        new("ctr", "CTR"),
        new("new_visitors", "New visitors"),
        new("returning_visitors", "Returning visitors"),
    ];

    static readonly Dictionary<string, Tile> ByMetric = All.ToDictionary(t => t.Metric);

    /// <exception cref="KeyNotFoundException">The metric has no name yet.</exception>
    public static Tile Of(string metric) => ByMetric[metric];

    public MetricKind Kind => Metrics.Get(Metric).Kind;

    public string Text(double? value) => Kind switch
    {
        MetricKind.Percentage => Format.Percent(value),
        MetricKind.Duration => Format.Duration(value),
        MetricKind.Ratio => value is { } v ? v.ToString("0.0#", System.Globalization.CultureInfo.InvariantCulture) : Format.Nothing,
        MetricKind.Amount => Format.Money(value, ""),
        _ => Format.Number(value),
    };

    public string Exact(double? value) => Kind == MetricKind.Duration && value is not null ? Format.Exact(value) + " seconds" : Format.Exact(value);
}
