using System.Globalization;

namespace SaaS.Analytics.Alerts;

/// <summary>What has happened, in words.</summary>
public static class AlertWords
{
    const int NameLength = 48;

    public static string Title(string kind, VisitAlert alert, string siteName)
    {
        var who = Who(alert.Visit);
        var what = kind == AlertKinds.Returning.Key
            ? $"{who} is back on {siteName}{(alert.Visit.Away is { } away ? $" after {Span(away)}" : "")}"
            : $"{who}: {ForeignText.Of(alert.EventName, NameLength)} on {siteName}";
        return alert.More switch { 0 => what, 1 => what + ", and 1 more visit", var more => string.Create(CultureInfo.InvariantCulture, $"{what}, and {more} more visits") };
    }

    public static string Title(string ruleName, MetricReading reading, AlertSettings settings, string kind)
    {
        if (kind == AlertKinds.NoData.Key) return string.Create(CultureInfo.InvariantCulture, $"{ruleName}: no event for {reading.Value:0} minutes");
        var told = string.Create(CultureInfo.InvariantCulture, $"{ruleName}: {reading.Value:0.##} {Metric(settings)}");
        if (reading.Before is not { } before) return told;
        return kind == AlertKinds.Anomaly.Key
            ? string.Create(CultureInfo.InvariantCulture, $"{told} in {Hours(reading)}, {before:0} are usual then")
            : string.Create(CultureInfo.InvariantCulture, $"{told}, {before:0.##} before");
    }

    static string Hours(MetricReading reading) => (reading.To - reading.From).TotalHours is > 1 and var hours ? $"{hours:0} hours" : "an hour";

    /// <summary>Name, else a mark that stays the same for the visitor.</summary>
    public static string Who(VisitFacts visit)
    {
        var name = visit.Trait("name") is { Length: > 0 } trait ? trait : visit.UserId;
        return name.Length > 0 ? ForeignText.Of(name, NameLength) : $"Visitor {visit.VisitorId % 1_000_000:000000}";
    }

    /// <summary>What the identity is worth; empty where there is none.</summary>
    public static string Trust(VisitFacts visit) =>
        visit.UserId.Length == 0 && visit.Traits.Count == 0 ? ""
        : !visit.Verified ? "not verified: set in the visitor's browser"
        : visit.Traits.Count == 0 ? "user id signed by your server" : "user id signed by your server, the rest not";

    public static string Span(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{(int)time.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)time.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)time.TotalMinutes} minutes",
        _ => "a moment",
    };

    static string Metric(AlertSettings settings) => settings.Text("metric") switch
    {
        "pageviews" => "page views",
        "event_count" => $"× {ForeignText.Of(settings.Text("event"), NameLength)}",
        var other => other,
    };
}
