using SaaS.Analytics.Flows;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>Channel rules in words.</summary>
public static class ChannelWords
{
    public static readonly IReadOnlyDictionary<string, string> Facts = new Dictionary<string, string>
    {
        ["source"] = "source", ["category"] = "category of the source", ["medium"] = "medium", ["campaign"] = "campaign",
        ["click_id"] = "click id", ["referrer"] = "referrer's host",
    };

    public static readonly IReadOnlyDictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["is"] = "is", ["like"] = "is like", ["matches"] = "matches",
    };

    public static string Of(ChannelRule rule) =>
        rule.Any.Any(all => all.Length == 0) ? "everything else" : string.Join(", or ", rule.Any.Select(all => string.Join(" and ", all.Select(Of))));

    static string Of(Condition c) => Facts.GetValueOrDefault(c.Fact, c.Fact) + (
        c.Is is { } values ? $" is {string.Join(" or ", values)}"
        : c.Matches is { } expression ? $" matches {expression}"
        : $" is like {c.Like}");
}
