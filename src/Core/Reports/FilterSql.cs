namespace SaaS.Analytics.Reports;

/// <summary>Filters as SQL in the arm at hand.</summary>
/// <param name="column">How a dimension is written.</param>
/// <param name="visitor">How the visitor is written.</param>
/// <param name="doers">The statement that gives the visitors who have done what a filter says.</param>
/// <param name="parameters">Take the values.</param>
sealed class FilterSql(Func<Dimension, string> column, string visitor, Func<Filter, string> doers, SqlParameters parameters)
{
    public string Of(Filter filter) => filter switch
    {
        AllOf all => $"({string.Join(" AND ", all.Filters.Select(Of))})",
        AnyOf any => $"({string.Join(" OR ", any.Filters.Select(Of))})",
        Not not => $"NOT {Of(not.Filter)}",
        HasDone done => $"{visitor} {(done.Negated ? "NOT IN" : "IN")} ({doers(done.Filter)})",
        Match match => match.Negated ? $"NOT {Positive(match)}" : Positive(match),
        _ => throw new ArgumentException(filter.GetType().Name),
    };

    string Positive(Match match)
    {
        var expression = column(match.Dimension);
        return match.Kind == MatchKind.Is && match.CaseSensitive
            ? $"{expression} IN ({string.Join(", ", match.Values.Select(v => Value(match, v)))})"
            : $"({string.Join(" OR ", match.Values.Select(v => One(match, expression, Value(match, v))))})";
    }

    static string One(Match match, string expression, string value) => (match.Kind, match.CaseSensitive) switch
    {
        (MatchKind.Is, _) => $"lowerUTF8({expression}) = lowerUTF8({value})",
        (MatchKind.Contains, true) => $"position({expression}, {value}) > 0",
        (MatchKind.Contains, false) => $"positionCaseInsensitiveUTF8({expression}, {value}) > 0",
        (MatchKind.Matches, true) => $"match({expression}, {value})",
        _ => $"match({expression}, concat('(?i)', {value}))",
    };

    string Value(Match match, string value) =>
        parameters.Text(match.Kind == MatchKind.Is && value == match.Dimension.Empty ? "" : value);
}
