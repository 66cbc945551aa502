using System.Globalization;
using System.Text;

namespace SaaS.Analytics.Reports;

/// <summary>
/// Reads what people type: <c>path:/cart* country:DE -browser:Safari revenue:&gt;=100 props.plan:pro "free text"</c>.
/// Words that stand apart must all hold; a minus in front turns one round; quotes keep spaces and colons together.
/// </summary>
public sealed class EventSearchText
{
    const int Longest = 1000;
    const int MostTerms = 30;

    static readonly (string Sign, EventMatch Match)[] Signs =
        [(">=", EventMatch.AtLeast), ("<=", EventMatch.AtMost), (">", EventMatch.More), ("<", EventMatch.Less)];

    readonly string text;
    int at;

    EventSearchText(string text) => this.text = text;

    /// <exception cref="EventSearchException">Names the place and the fix.</exception>
    public static IReadOnlyList<EventTerm> Parse(string text)
    {
        if (text.Length > Longest) throw new EventSearchException(Longest, $"A search has at most {Longest} characters.");
        var terms = new EventSearchText(text).Terms().ToList();
        return terms.Count <= MostTerms ? terms : throw new EventSearchException(0, $"A search has at most {MostTerms} words.");
    }

    /// <summary>A search for exactly this value.</summary>
    public static string Exactly(string field, string value) => $"{field}:\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    IEnumerable<EventTerm> Terms()
    {
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) yield break;
            yield return Term();
        }
    }

    EventTerm Term()
    {
        var start = at;
        var negated = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        if (negated) at++;
        if (FieldAhead() is not { } field) return new EventTerm(null, EventMatch.Contains, Word(), negated);
        var fieldAt = at;
        at += field.Length + 1;
        if (!field.StartsWith(EventFields.PropertyPrefix, StringComparison.OrdinalIgnoreCase) && EventFields.Find(field) is null)
            throw new EventSearchException(fieldAt, Unknown(field));
        if (at == text.Length || char.IsWhiteSpace(text[at]))
            throw new EventSearchException(start, $"“{field}:” lacks a value. Write {field}:value, or {field}:* for any.");
        return Compared(field, negated);
    }

    EventTerm Compared(string field, bool negated)
    {
        if (Signs.FirstOrDefault(s => text.AsSpan(at).StartsWith(s.Sign)) is { Sign: not null } sign) return Number(field, sign, negated);
        var quoted = text[at] == '"';
        var value = Word();
        if (!quoted && value == "*") return new(field, EventMatch.Present, "", negated);
        return new(field, !quoted && value.Contains('*') ? EventMatch.Like : EventMatch.Is, value, negated);
    }

    EventTerm Number(string field, (string Sign, EventMatch Match) sign, bool negated)
    {
        var start = at;
        at += sign.Sign.Length;
        var value = at < text.Length && !char.IsWhiteSpace(text[at]) ? Word() : "";
        var isProperty = field.StartsWith(EventFields.PropertyPrefix, StringComparison.OrdinalIgnoreCase);
        if (!isProperty && EventFields.Find(field)!.NumberSql is null)
            throw new EventSearchException(start, $"“{field}” is no number. {string.Join(", ", EventFields.All.Where(f => f.NumberSql is not null).Select(f => f.Name))} and props.… can be compared with {sign.Sign}.");
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            throw new EventSearchException(start, $"After {sign.Sign} comes a number, such as {field}:{sign.Sign}10.");
        return new(field, sign.Match, number.ToString("R", CultureInfo.InvariantCulture), negated);
    }

    /// <summary>A name right before a colon; an address such as https://example.com is none.</summary>
    string? FieldAhead()
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or '-' or '$')) end++;
        if (end == at || end == text.Length || text[end] != ':') return null;
        return text.AsSpan(end).StartsWith("://") ? null : text[at..end];
    }

    string Word()
    {
        if (text[at] != '"') return Plain();
        var start = at++;
        var word = new StringBuilder();
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            word.Append(text[at]);
        }
        if (at == text.Length) throw new EventSearchException(start, "A quotation mark is open. Close it with \".");
        at++;
        return word.ToString();
    }

    string Plain()
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return text[start..at];
    }

    static string Unknown(string field) =>
        $"There is no field “{field}”. There are {string.Join(", ", EventFields.All.Select(f => f.Name))} and props.… for an event's own properties. To search for the text itself, put it in quotes.";
}
