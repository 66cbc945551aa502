using SaaS.Analytics.Events;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>A goal as a filter on events: those that reach it.</summary>
public static class GoalFilters
{
    const int ScrollStep = 5;
    const int Whole = 100;

    public static Filter Of(Goal goal)
    {
        List<Filter> all = goal.Kind switch
        {
            GoalKind.Event => [Match.Is("event:name", goal.Target)],
            GoalKind.Page => [Match.Is("event:name", EventNames.PageView, EventNames.ScreenView), Page(goal.Target)],
            _ => [Match.Is("event:name", EventNames.Engagement), Page(goal.Target), Depth(goal.ScrollDepth)],
        };
        if (goal.PropertyKey.Length > 0) all.Add(Match.Is("event:props:" + goal.PropertyKey, goal.PropertyValue));
        return new AllOf(all);
    }

    /// <summary>* is anything up to the next slash, ** anything.</summary>
    static Match Page(string pattern) => pattern.Contains('*')
        ? new Match(Dimensions.Get(Dimensions.Page), MatchKind.Matches, false, [Expression(pattern)])
        : Match.Is(Dimensions.Page, pattern);

    /// <summary>The RE2 expression of such a pattern.</summary>
    public static string Expression(string pattern) =>
        $"^{string.Join(".*", pattern.Split("**").Select(part => string.Join("[^/]*", part.Split('*').Select(System.Text.RegularExpressions.Regex.Escape))))}$";

    /// <summary>The depth is a dimension in steps, so that "at least" is a list of values.</summary>
    static Match Depth(int least) =>
        Match.Is("event:scroll_depth", [.. Enumerable.Range(0, Whole / ScrollStep + 1).Select(i => i * ScrollStep).Where(d => d >= least).Select(d => $"{d}")]);
}
