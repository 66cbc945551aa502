namespace SaaS.Analytics.Reports;

/// <summary>The operators of the filter grammar.</summary>
public static class FilterOperators
{
    static readonly Dictionary<string, (MatchKind Kind, bool Negated)> All = new()
    {
        ["is"] = (MatchKind.Is, false),
        ["is_not"] = (MatchKind.Is, true),
        ["contains"] = (MatchKind.Contains, false),
        ["contains_not"] = (MatchKind.Contains, true),
        ["matches"] = (MatchKind.Matches, false),
        ["matches_not"] = (MatchKind.Matches, true),
    };

    public static string List => string.Join(", ", All.Keys) + ", and, or, not, has_done, has_not_done";

    /// <summary>Those that compare a dimension with values.</summary>
    public static IEnumerable<string> OfValues => All.Keys;

    public static (MatchKind Kind, bool Negated)? Find(string name) => All.TryGetValue(name, out var found) ? found : null;

    public static string Name(Match match) => All.First(o => o.Value == (match.Kind, match.Negated)).Key;
}
