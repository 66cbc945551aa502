using System.Globalization;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Alerts;

/// <summary>Fields that several kinds share, and short ways to write the others.</summary>
static partial class AlertFields
{
    const string Where = "Only if the visit comes from …";
    const string When = "When, how often, how urgent";

    public static readonly AlertField Campaign = Text("campaign", "Came from campaign", "utm_campaign, exact or with *.") with { Group = Where };
    public static readonly AlertField Source = Text("source", "Came from source", "As in your reports, for example Google. Exact or with *.") with { Group = Where };

    public static readonly AlertField Country = Text("country", "From country", "Two letters each, with commas between: DE, AT.") with
    {
        Group = Where, Check = v => CountryList().IsMatch(v) ? null : "From country: two letters each, like DE, AT.",
    };

    const string Past = "Only if the visitor has …";

    /// <summary>Asked of the stored events when all else holds, so that they cost nothing otherwise.</summary>
    public static readonly IReadOnlyList<AlertField> BeforeNow =
    [
        Number("spent", "Spent at least", 0, 0, 1_000_000_000) with { Group = Past, Hint = "Within 13 months, this visit included. 0: not asked." },
        Text("spent_currency", "In the currency", "Three letters: EUR.") with { Group = Past, Default = "EUR", Check = v => CurrencyCode().IsMatch(v) ? null : "In the currency: three letters, like EUR." },
        Text("reached", "Reached the goal", "Its name, as on the page Goals.") with { Group = Past },
        Text("segment", "Been in the segment", "Name of a segment that is shared on this site.") with { Group = Past },
        Text("campaign_ever", "Ever come from campaign", "utm_campaign of any visit, exact or with *.") with { Group = Past },
    ];

    public static readonly AlertField Severity = Choice("severity", "Severity", ("info", "Info"), ("warning", "Warning"), ("critical", "Critical")) with { Group = When };

    /// <summary>When a rule may fire.</summary>
    public static readonly IReadOnlyList<AlertField> Hours =
    [
        Text("hours", "Only between", "Like 08:00-18:00, or 22:00-06:00 for nights. Empty: always.") with
        {
            Group = When, Check = v => ActiveHours.TryParse(v, out _, out _) ? null : "Only between: two times like 08:00-18:00.",
        },
        Flag("weekdays", "Only Monday to Friday") with { Group = When },
        Text("zone", "Time zone of these hours", "Like Europe/Berlin. Empty: the site's.") with
        {
            Group = When, Check = v => TimeZoneInfo.TryFindSystemTimeZoneById(v, out _) ? null : "Time zone of these hours: a name like Europe/Berlin or America/New_York.",
        },
    ];

    /// <summary>Of rules about numbers.</summary>
    public static IReadOnlyList<AlertField> Looked(int quietMinutes) => [QuietRule(quietMinutes, "Keeps a number that goes to and fro from telling you every time."), .. Hours, Severity];

    public static IReadOnlyList<AlertField> Common(int quietHours) =>
    [
        Number("quiet_visitor", "Hours of quiet about the same visitor", quietHours, 0, 8_760) with { Group = When },
        QuietRule(0, "0: every visit counts."),
        .. Hours, Severity,
    ];

    static AlertField QuietRule(int minutes, string hint) => Number("quiet_rule", "Minutes of quiet after each alert", minutes, 0, 100_000) with { Group = When, Hint = hint };

    public static AlertField Text(string key, string label, string hint = "") => new(key, label) { Hint = hint };

    public static AlertField Flag(string key, string label) => new(key, label) { Type = AlertFieldType.Flag };

    public static AlertField Page(string key, string label) => Text(key, label, "A path like /pricing; * stands for anything up to the next slash, ** for anything.") with
    {
        Check = v => v.StartsWith('/') ? null : $"{label}: begin with a slash, like /pricing or /docs/**.",
    };

    public static AlertField Number(string key, string label, decimal initial, decimal min, decimal max) => new(key, label)
    {
        Type = AlertFieldType.Number, Default = initial.ToString(CultureInfo.InvariantCulture), Min = min, Max = max,
    };

    /// <summary>The first is the default.</summary>
    public static AlertField Choice(string key, string label, params (string Value, string Words)[] choices) => new(key, label)
    {
        Type = AlertFieldType.Choice, Default = choices[0].Value, Choices = choices, Required = true,
    };

    [GeneratedRegex("^[A-Za-z]{3}$")]
    private static partial Regex CurrencyCode();

    [GeneratedRegex("^[A-Za-z]{2}( *, *[A-Za-z]{2})*$")]
    private static partial Regex CountryList();
}
