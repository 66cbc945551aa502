using static SaaS.Analytics.Alerts.AlertFields;

namespace SaaS.Analytics.Alerts;

/// <summary>Every kind of rule there is. A new one is a line here and its test in <see cref="RuleTest"/> or <see cref="MetricTest"/>.</summary>
public static class AlertKinds
{
    public static readonly AlertKind Returning = new(
        "returning", "A visitor returns", "Tells you while the visitor is still on the site.",
        [
            Choice("who", "Who", ("anyone", "Any known visitor"), ("identified", "Any identified visitor"), ("user", "A user id or e-mail address"), ("trait", "Visitors with a trait")),
            Text("who_value", "User id, or the trait's value", "Exact, or with * for anything up to a slash: *@acme.example. Not needed for the first two choices."),
            Text("trait", "Name of the trait", "As your site sends it with identify, for example company."),
            Flag("verified", "Only identities that your server has signed"),
            Number("away", "Away for at least", 1, 0, VisitFacts.LongestAway) with { Required = true },
            Choice("away_unit", "Unit", ("days", "days"), ("hours", "hours")),
            Number("visits", "At least this many visits, this one included", 2, 2, 100_000),
            Page("page", "Enters on page"), Page("page_seen", "Opens page, at any time of the visit"), Campaign, Source, Country, .. BeforeNow, .. Common(quietHours: 12),
        ])
    {
        Check = s => s.Text("who") is "user" or "trait" && s.Text("who_value").Length == 0 ? ("who_value", "Say which user or which value.")
            : s.Text("who") == "trait" && s.Text("trait").Length == 0 ? ("trait", "Name the trait.") : null,
    };

    public static readonly AlertKind Event = new(
        "event", "A goal or an event happens", "Tells you of a purchase, a sign-up, a download, at most once a visit.",
        [
            Text("event", "Event", "Name as in your reports: purchase, signup, pageview …") with { Required = true, Default = "purchase" },
            Page("page", "On page"),
            Text("property", "Property", "Optional: a property that the event must have."),
            Text("property_value", "Value of the property", "Exact, or with *. Empty: any value."),
            Campaign, Source, Country, .. BeforeNow, .. Common(quietHours: 0),
        ]);

    public static readonly AlertKind Threshold = new(
        "threshold", "A number crosses a threshold", "Looked at every 10 seconds; resolves by itself.",
        [
            Choice("metric", "Number", ("visitors", "Visitors"), ("visits", "Visits begun"), ("pageviews", "Page views"), ("events", "Events"), ("event_count", "Times an event happens")),
            Text("event", "Event", "Only for the last choice."),
            Choice("window", "In the last", ("10", "10 minutes"), ("5", "5 minutes"), ("30", "30 minutes"), ("60", "60 minutes"), ("hour", "full hour"), ("day", "full day")),
            Choice("compare", "Is", ("at_least", "at least"), ("at_most", "at most"), ("rises", "higher than just before, by percent"), ("falls", "lower than just before, by percent")),
            Number("value", "Value", 100, 0, 1_000_000_000) with { Required = true },
            Number("minimum", "Only with at least this many just before", 0, 0, 1_000_000_000) with { Hint = "For comparisons in percent: keeps small numbers quiet." },
            .. Looked(quietMinutes: 30),
        ])
    {
        IsOfVisits = false,
        Check = s => s.Text("metric") == "event_count" && s.Text("event").Length == 0 ? ("event", "Name the event.") : null,
    };

    public static readonly AlertKind Anomaly = new(
        "anomaly", "Something unusual", "Compares every full hour with the same hour of the week in the weeks before; resolves by itself.",
        [
            Choice("metric", "Number", ("pageviews", "Page views"), ("visitors", "Visitors"), ("visits", "Visits begun"), ("events", "Events"), ("event_count", "Times an event happens")),
            Text("event", "Event", "Only for the last choice."),
            Choice("direction", "Tell of", ("both", "more or less than usual"), ("up", "more than usual"), ("down", "less than usual")),
            Choice("strictness", "How unusual", ("4", "unusual"), ("6", "very unusual"), ("3", "a little unusual")),
            Number("minimum", "Only where at least this many are usual", 20, 1, 1_000_000_000) with { Required = true, Hint = "Small numbers vary by chance." },
            .. Looked(quietMinutes: 0),
        ])
    {
        IsOfVisits = false,
        Check = Threshold.Check,
    };

    public static readonly AlertKind NoData = new(
        "no_data", "No data arrives", "Tells you when the snippet is gone or the site is down.",
        [Number("minutes", "Minutes without any event", 30, 5, 10_080) with { Required = true }, .. Looked(quietMinutes: 30)])
    {
        IsOfVisits = false,
    };

    public static readonly IReadOnlyList<AlertKind> All = [Returning, Event, Threshold, Anomaly, NoData];

    public static AlertKind? Find(string? key) => All.FirstOrDefault(k => k.Key == key);
}
