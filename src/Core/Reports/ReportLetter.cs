using System.Globalization;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>A period's numbers as a mail: what changed, and the most frequent of each kind.</summary>
public sealed class ReportLetter(Reporter reporter)
{
    const int Rows = 5;

    static readonly (string Metric, string Name)[] Numbers =
        [("visitors", "Visitors"), ("visits", "Visits"), ("pageviews", "Page views"), ("bounce_rate", "Bounce rate"), ("visit_duration", "Visit duration")];

    static readonly (string Dimension, string Name)[] Lists = [("visit:source", "Sources"), ("event:page", "Pages"), ("visit:country", "Countries")];

    /// <param name="site">Whose numbers.</param>
    /// <param name="cadence">The last whole week or month before <paramref name="today"/>.</param>
    /// <param name="today">In the site's zone.</param>
    /// <param name="links">Where the report is, and where the mails end; null where it is a preview.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Letter> WriteAsync(AuthorizedSite site, ReportCadence cadence, DateOnly today, (string Report, string? Stop) links, CancellationToken cancel)
    {
        var (first, last) = Period(cadence, today);
        var range = new Calendar(site.TimeZone).Days(first, last);
        var about = new ReportQuery(site, range) { Metrics = [.. Numbers.Select(n => Metrics.Get(n.Metric))], Comparison = Comparison.PreviousPeriod };
        var row = (await reporter.RunAsync(about, cancel)).Rows[0];
        var letter = new Letter($"{site.Name}: {Number(row.Metrics[0], MetricKind.Count)} visitors {(cadence == ReportCadence.Weekly ? "last week" : "in " + first.ToString("MMMM", CultureInfo.InvariantCulture))}")
            .Say($"{site.Domain}, {Day(first)} to {Day(last)}, beside the {(cadence == ReportCadence.Weekly ? "week" : "month")} before.")
            .Table(["", "", "Change"], [.. Numbers.Select((n, i) => new[] { n.Name, Number(row.Metrics[i], Metrics.Get(n.Metric).Kind), Changed(Metrics.Get(n.Metric), row.Compared?.Metrics[i], row.Metrics[i]) })]);
        foreach (var (dimension, name) in Lists)
        {
            var top = await reporter.RunAsync(new ReportQuery(site, range) { Metrics = [Metrics.Get("visitors")], Dimensions = [Dimensions.Find(dimension)!], Limit = Rows }, cancel);
            if (top.Rows.Count > 0) letter.Table([name, "Visitors"], [.. top.Rows.Select(r => new[] { r.Dimensions[0], Number(r.Metrics[0], MetricKind.Count) })]);
        }
        letter.Link("Open the report", $"{links.Report}?period=custom&from={first:yyyy-MM-dd}&to={last:yyyy-MM-dd}");
        return links.Stop is null ? letter : letter.Stop($"You get this because somebody who runs {site.Name} entered your address there.", links.Stop);
    }

    /// <summary>The last whole week (Monday to Sunday) or month before the day.</summary>
    public static (DateOnly First, DateOnly Last) Period(ReportCadence cadence, DateOnly today)
    {
        if (cadence == ReportCadence.Monthly)
        {
            var month = new DateOnly(today.Year, today.Month, 1);
            return (month.AddMonths(-1), month.AddDays(-1));
        }
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return (monday.AddDays(-7), monday.AddDays(-1));
    }

    static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    static string Number(double? value, MetricKind kind) => (value, kind) switch
    {
        (null, _) => "–",
        ({ } v, MetricKind.Percentage) => v.ToString("0.#", CultureInfo.InvariantCulture) + "%",
        ({ } v, MetricKind.Duration) => TimeSpan.FromSeconds(Math.Round(v)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture),
        ({ } v, _) => v.ToString("N0", CultureInfo.InvariantCulture),
    };

    static string Changed(Metric metric, double? before, double? now) => Change.Of(metric, before, now) is { } change
        ? change.ToString("+0.#;−0.#;0", CultureInfo.InvariantCulture) + (metric.Kind == MetricKind.Percentage ? " points" : "%")
        : "new";
}
