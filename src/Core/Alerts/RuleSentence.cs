namespace SaaS.Analytics.Alerts;

/// <summary>A rule in one plain sentence.</summary>
public static class RuleSentence
{
    public static string Of(string kind, AlertSettings s) => kind switch
    {
        "returning" => $"{Who(s)} returns after at least {Away(s)}{Came(s)}{When(s)}.",
        "event" => $"The event {s.Text("event")} happens{(s.Text("page") is { Length: > 0 } page ? $" on {page}" : "")}{Came(s, withPage: false)}{When(s)}.",
        "threshold" => $"{Number(s)} of the last {Window(s)} {Compare(s)}{When(s)}.",
        "anomaly" => $"{Number(s)} of an hour are {Direction(s)} than usual at that time of the week{When(s)}.",
        "no_data" => $"No event arrives for {s.Text("minutes")} minutes{When(s)}.",
        _ => kind,
    };

    static string Who(AlertSettings s) => s.Text("who") switch
    {
        "identified" => "An identified visitor",
        "user" => s.Text("who_value"),
        "trait" => $"A visitor whose {s.Text("trait")} is {(s.Text("who_value") is "*" or "**" ? "known" : s.Text("who_value"))}",
        _ => "A known visitor",
    };

    static string Away(AlertSettings s) => (s.Text("away"), s.Text("away_unit")) switch
    {
        ("1", "hours") => "an hour",
        ("1", _) => "a day",
        var (number, unit) => $"{number} {unit}",
    };

    static string Came(AlertSettings s, bool withPage = true)
    {
        var parts = new List<string>();
        if (withPage && s.Text("page") is { Length: > 0 } page) parts.Add($"enters on {page}");
        if (s.Text("page_seen") is { Length: > 0 } seen) parts.Add($"opens {seen}");
        if (s.Text("campaign") is { Length: > 0 } campaign) parts.Add(campaign is "*" or "**" ? "comes from a campaign" : $"comes from campaign {campaign}");
        if (s.Text("source") is { Length: > 0 } source) parts.Add($"comes from {source}");
        if (s.Text("country") is { Length: > 0 } country) parts.Add($"is in {country}");
        if (s.Number("spent") > 0) parts.Add($"has spent at least {s.Text("spent")} {s.Text("spent_currency").ToUpperInvariant()}");
        if (s.Text("reached") is { Length: > 0 } goal) parts.Add($"has reached “{goal}”");
        if (s.Text("segment") is { Length: > 0 } segment) parts.Add($"has been in “{segment}”");
        if (s.Text("campaign_ever") is { Length: > 0 } ever) parts.Add($"once came from campaign {ever}");
        return parts.Count == 0 ? "" : $" and {string.Join(", ", parts)}";
    }

    static string When(AlertSettings s) =>
        (s.Text("hours") is { Length: > 0 } hours ? $", between {hours}" : "") + (s.Flag("weekdays") ? ", Monday to Friday" : "") + (s.Text("zone") is { Length: > 0 } zone ? $" ({zone})" : "");

    static string Number(AlertSettings s) => s.Text("metric") switch
    {
        "pageviews" => "Page views",
        "visits" => "Visits",
        "events" => "Events",
        "event_count" => $"The number of {s.Text("event")}",
        _ => "Visitors",
    };

    static string Direction(AlertSettings s) =>
        (s.Text("strictness") switch { "6" => "very much ", "3" => "a little ", _ => "much " }) + (s.Text("direction") switch { "up" => "more", "down" => "less", _ => "more or less" });

    static string Window(AlertSettings s) => s.Text("window") switch { "hour" => "full hour", "day" => "full day", var minutes => $"{minutes} minutes" };

    static string Compare(AlertSettings s) => s.Text("compare") switch
    {
        "at_most" => $"are at most {s.Text("value")}",
        "rises" => $"are {s.Text("value")}% higher than just before",
        "falls" => $"are {s.Text("value")}% lower than just before",
        _ => $"are at least {s.Text("value")}",
    };
}
