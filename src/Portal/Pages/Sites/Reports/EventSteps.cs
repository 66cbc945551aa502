using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What one step on the way of an event did.</summary>
/// <param name="Title">The step.</param>
/// <param name="Summary">In a sentence.</param>
/// <param name="Values">What it wrote, by field.</param>
sealed record EventStep(string Title, string Summary, IReadOnlyList<KeyValuePair<string, string>> Values);

/// <summary>The steps, told from what they left on the stored event.</summary>
static class EventSteps
{
    static readonly (EventStage Stage, string Title, Func<EventRecord, string> Summary)[] All =
    [
        (EventStage.Sent, "Sent", _ => "What the browser, app or server said."),
        (EventStage.Received, "Received", Received),
        (EventStage.Address, "Address", e => Has(e, "path") || Has(e, "host") ? "The address was taken apart; parameters of advertisers and personal data are left out." : "There was no address."),
        (EventStage.Origin, "Source and channel", Origin),
        (EventStage.Device, "Browser and device", e => Has(e, "browser") || Has(e, "os") ? "Read from the user agent and its hints; the text itself is not kept." : "The user agent said nothing that is known."),
        (EventStage.Bots, "Bots", Bots),
        (EventStage.Visitor, "Visitor and visit", Visitor),
        (EventStage.Stored, "Stored", _ => "It passed the site's shields and was counted once."),
    ];

    public static IReadOnlyList<EventStep> Of(EventRecord e) => [.. All.Select(s => new EventStep(s.Title, s.Summary(e),
        [.. EventFields.All.Where(f => f.Group == s.Stage && e.Values[f.Name] is { Length: > 0 } and not "0").Select(f => KeyValuePair.Create(f.Name, e.Values[f.Name]))]))];

    static bool Has(EventRecord e, string field) => e.Values[field].Length > 0;

    static string Received(EventRecord e)
    {
        var place = Has(e, "country") ? "The place was looked up; the IP address was then let go." : "No place is known for the address, which was then let go.";
        var notes = e.Values["notes"];
        if (notes.Contains("clock_corrected", StringComparison.Ordinal)) place += " The sender's clock was wrong and was corrected.";
        return notes.Contains("_cut", StringComparison.Ordinal) || notes.Contains("_invalid", StringComparison.Ordinal)
            ? place + " Something was over a limit or unreadable, see notes."
            : place;
    }

    static string Origin(EventRecord e) => (Has(e, "utm_source"), Has(e, "referrer")) switch
    {
        (true, _) => "The source was named in the address.",
        (_, true) => "The source was told by the referrer.",
        _ => Has(e, "source") ? "The source was carried by the visit." : "Nothing says where the visitor came from: direct.",
    };

    static string Bots(EventRecord e) => e.Values["bot"] == "true"
        ? $"A program: {e.Values["bot_score"]} of 100 points. Reports leave it out unless asked."
        : e.Values["bot_score"] is "0" or "" ? "Nothing speaks for a program." : $"{e.Values["bot_score"]} of 100 points speak for a program: too few, it is counted.";

    static string Visitor(EventRecord e) => e.Values["mode"] == "consented"
        ? "The visitor agreed to be recognised."
        : "Cookieless: the visitor is known for this day only.";
}
