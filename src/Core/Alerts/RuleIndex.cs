using System.Collections.Frozen;

namespace SaaS.Analytics.Alerts;

/// <summary>
/// Rules under the one value each cannot do without, so that a visit meets only those which may hold: those that name its
/// user, campaign, page or source, and those that name none.
/// </summary>
sealed class RuleIndex
{
    readonly FrozenDictionary<string, RuleTest[]> users, campaigns, pages, sources;
    readonly RuleTest[] others;

    /// <param name="rules">Of one kind.</param>
    /// <param name="page">The one page a rule cannot do without; null where there is none.</param>
    public RuleIndex(IEnumerable<RuleTest> rules, Func<RuleTest, string?> page)
    {
        var left = rules.ToList();
        users = Take(left, r => r.IsAboutOneUser ? r.Who.Exact : null);
        campaigns = Take(left, r => r.Campaign.Exact);
        pages = Take(left, page);
        sources = Take(left, r => r.Source.Exact);
        others = [.. left];
    }

    /// <summary>Rules that may hold, each once.</summary>
    public IEnumerable<RuleTest> Of(VisitFacts visit, string page)
    {
        foreach (var rule in Under(users, visit.UserId)) yield return rule;
        foreach (var rule in Under(campaigns, visit.Campaign)) yield return rule;
        foreach (var rule in Under(pages, page)) yield return rule;
        foreach (var rule in Under(sources, visit.Source)) yield return rule;
        foreach (var rule in others) yield return rule;
    }

    static RuleTest[] Under(FrozenDictionary<string, RuleTest[]> rules, string value) =>
        value.Length > 0 && rules.Count > 0 && rules.TryGetValue(value, out var found) ? found : [];

    static FrozenDictionary<string, RuleTest[]> Take(List<RuleTest> left, Func<RuleTest, string?> value)
    {
        var taken = left.Where(r => value(r) is not null).ToList();
        left.RemoveAll(r => value(r) is not null);
        return taken.GroupBy(r => value(r)!, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.OrdinalIgnoreCase);
    }
}
