using System.Globalization;
using System.Text;

namespace SaaS.Analytics.Reports;

/// <summary>Terms of a search as SQL over <c>e</c>; every value travels as a parameter.</summary>
static class EventTermSql
{
    static readonly string[] FreeText =
        [.. EventFields.All.Where(f => f.FreeText).Select(f => f.Sql), "arrayStringConcat(mapValues(e.props), '\\n')", "arrayStringConcat(arrayMap(k -> toString(k), mapKeys(e.props)), '\\n')"];

    public static string Of(EventTerm term, SqlParameters parameters) =>
        term.Negated ? $"NOT ({Positive(term, parameters)})" : $"({Positive(term, parameters)})";

    static string Positive(EventTerm term, SqlParameters parameters)
    {
        if (term.Field is null)
        {
            var value = parameters.Text(term.Value);
            return string.Join(" OR ", FreeText.Select(sql => $"positionCaseInsensitiveUTF8({sql}, {value}) > 0"));
        }
        var isProperty = term.Field.StartsWith(EventFields.PropertyPrefix, StringComparison.OrdinalIgnoreCase);
        var field = isProperty ? null : EventFields.Find(term.Field)!;
        var text = field?.Sql ?? $"e.props[{parameters.Text(term.Field[EventFields.PropertyPrefix.Length..])}]";
        return term.Match switch
        {
            EventMatch.Is => $"lowerUTF8({text}) = lowerUTF8({parameters.Text(term.Value)})",
            EventMatch.Like => $"{text} ILIKE {parameters.Text(Pattern(term.Value))}",
            EventMatch.Present => $"notEmpty({text})",
            _ => $"{field?.NumberSql ?? $"toFloat64OrNull({text})"} {Sign(term.Match)} {Number(term.Value, parameters)}",
        };
    }

    static string Sign(EventMatch match) => match switch
    {
        EventMatch.More => ">",
        EventMatch.AtLeast => ">=",
        EventMatch.Less => "<",
        EventMatch.AtMost => "<=",
        _ => throw new ArgumentOutOfRangeException(nameof(match)),
    };

    static string Number(string value, SqlParameters parameters) =>
        parameters.Add($"n{parameters.All.Count}", "Float64", double.Parse(value, CultureInfo.InvariantCulture));

    /// <summary>* is anything; what LIKE gives a meaning besides has none here.</summary>
    static string Pattern(string value)
    {
        var pattern = new StringBuilder();
        foreach (var c in value) pattern.Append(c switch { '*' => "%", '%' or '_' or '\\' => "\\" + c, _ => c.ToString() });
        return pattern.ToString();
    }
}
