using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A filter as the address and the page show it: <c>is,visit:source,Google</c>.</summary>
sealed record FilterChip(Match Match)
{
    const int LongestValue = 2000;

    public string Text => $"{FilterOperators.Name(Match)},{Match.Dimension.Key},{Match.Values[0]}";

    public string Name => DimensionNames.Of(Match.Dimension.Key);

    public string Verb => FilterOperators.Name(Match).Replace('_', ' ');

    public string Value => DimensionNames.Value(Match.Dimension.Key, Match.Values[0]);

    public static FilterChip Is(string dimension, string value) => new(Match.Is(dimension, value));

    /// <returns>Null for what is no filter: an old or mistyped address still shows the page.</returns>
    public static FilterChip? Parse(string? text)
    {
        if (text?.Split(',', 3) is not [var name, var key, { Length: > 0 and <= LongestValue } value]) return null;
        if (FilterOperators.Find(name) is not { } found || Dimensions.Find(key) is not { Scope: not DimensionScope.Time } dimension) return null;
        return new FilterChip(new Match(dimension, found.Kind, found.Negated, [value], CaseSensitive: found.Kind == MatchKind.Is));
    }
}
