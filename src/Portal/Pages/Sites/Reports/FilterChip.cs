using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A filter as the address and the page show it: <c>is,visit:source,Google</c>.</summary>
sealed record FilterChip(Match Match)
{
    public const string GoalKey = "event:goal";
    const int LongestValue = 2000;

    /// <summary>Stands for the site's goals in an address; what it means is looked up when the question is asked.</summary>
    static readonly Dimension GoalDimension = new(GoalKey, DimensionScope.Event, "''");

    /// <summary>No event passes: every one has a name.</summary>
    public static Filter Never { get; } = Match.Is("event:name", "");

    public string Text => $"{FilterOperators.Name(Match)},{Match.Dimension.Key},{Match.Values[0]}";

    public string Name => DimensionNames.Of(Match.Dimension.Key);

    public string Verb => FilterOperators.Name(Match).Replace('_', ' ');

    public string Value => DimensionNames.Value(Match.Dimension.Key, Match.Values[0]);

    public static FilterChip Is(string dimension, string value) => new(Match.Is(dimension, value));

    public static FilterChip Goal(string name) => new(new Match(GoalDimension, MatchKind.Is, false, [name]));

    /// <summary>As the planner takes it: a goal becomes "visitors who reached it".</summary>
    public Filter Resolve(IReadOnlyList<Goal> goals)
    {
        if (Match.Dimension.Key != GoalKey) return Match;
        var reached = goals.Where(g => Match.Kind == MatchKind.Is ? g.Name == Match.Values[0] : g.Name.Contains(Match.Values[0], StringComparison.OrdinalIgnoreCase)).Select(GoalFilters.Of).ToList();
        return new HasDone(reached.Count == 0 ? Never : new AnyOf(reached), Match.Negated);
    }

    /// <returns>Null for what is no filter: an old or mistyped address still shows the page.</returns>
    public static FilterChip? Parse(string? text)
    {
        if (text?.Split(',', 3) is not [var name, var key, { Length: > 0 and <= LongestValue } value]) return null;
        if (FilterOperators.Find(name) is not { } found || (key == GoalKey ? GoalDimension : Dimensions.Find(key)) is not { Scope: not DimensionScope.Time } dimension) return null;
        return new FilterChip(new Match(dimension, found.Kind, found.Negated, [value], CaseSensitive: found.Kind == MatchKind.Is));
    }
}
