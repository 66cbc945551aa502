using System.Globalization;
using System.Text.Json;

namespace SaaS.Analytics.Alerts;

/// <summary>What is told of an alert, line by line; lines without a value are left out.</summary>
public static class AlertFacts
{
    /// <param name="alert">Of a visit or of a number.</param>
    /// <param name="domain">Of the site.</param>
    /// <param name="zone">IANA zone of the site.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(Alert alert, string domain, string zone) => alert.VisitId != 0
        ? Of(JsonSerializer.Deserialize<VisitAlert>(alert.Facts)!, zone) : Of(JsonSerializer.Deserialize<MetricReading>(alert.Facts)!, domain, zone);

    static List<(string Name, string Value)> Of(VisitAlert alert, string zone)
    {
        var visit = alert.Visit;
        return Known(
        [
            ("Who", AlertWords.Who(visit)),
            ("Identity", AlertWords.Trust(visit)),
            ("User id", ForeignText.Of(visit.UserId)),
            .. visit.Traits.Where(t => t.Key != "name").Select(t => (ForeignText.Of(t.Key, 30), ForeignText.Of(t.Value))),
            ("Event", alert.EventName is "pageview" or "identify" ? "" : ForeignText.Of(alert.EventName)),
            ("Page", ForeignText.Of(alert.EventPage.Length > 0 ? alert.EventPage : visit.Page)),
            ("Campaign", ForeignText.Of(visit.Campaign)),
            ("Source", ForeignText.Of(string.Join(" · ", ((string[])[visit.Source, visit.Channel]).Where(t => t.Length > 0)))),
            ("From", ForeignText.Of(string.Join(", ", ((string[])[visit.City, visit.Country]).Where(t => t.Length > 0)))),
            ("Device", ForeignText.Of(visit.Device)),
            ("Away for", visit.Away is { } away ? AlertWords.Span(away) : ""),
            ("Visit", string.Create(CultureInfo.InvariantCulture, $"number {visit.Number}, the first was on {Local(visit.FirstSeen, zone):d MMM yyyy}")),
            ("At", $"{Local(alert.At, zone):d MMM yyyy, HH:mm:ss} ({zone})"),
        ]);
    }

    static List<(string Name, string Value)> Of(MetricReading reading, string domain, string zone) => Known(
    [
        ("Site", domain),
        ("Now", Number(reading.Value)),
        (reading.Low is null ? "Just before" : "Usual at this time", reading.Before is { } before ? Number(before) : ""),
        ("Not unusual", reading is { Low: { } low, High: { } high } ? $"{Number(Math.Max(0, Math.Ceiling(low)))} to {Number(Math.Floor(high))}" : ""),
        .. reading.Because.Select(part => ($"{part.Name} {ForeignText.Of(part.Value, 40)}", $"{Number(part.Now)} instead of {part.Usual.ToString("0.#", CultureInfo.InvariantCulture)}")),
        ("From", $"{Local(reading.From, zone):d MMM yyyy, HH:mm}"),
        ("To", $"{Local(reading.To, zone):d MMM yyyy, HH:mm} ({zone})"),
    ]);

    /// <summary>The visits before, the latest first.</summary>
    public static IReadOnlyList<(string Name, string Value)> Before(VisitAlert alert, string zone) => [.. alert.Visits.Select(p => (
        Local(p.Start, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{ForeignText.Of(p.Page)}{(p.Source.Length > 0 ? " from " + ForeignText.Of(p.Source) : "")}, {p.Pageviews} page views")))];

    static List<(string Name, string Value)> Known(IEnumerable<(string Name, string Value)> facts) => [.. facts.Where(f => f.Value.Length > 0)];

    static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    static DateTime Local(DateTime utc, string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc);
}
