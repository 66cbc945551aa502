using SaaS.Analytics.Flows;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What channel rules look at, all in lower case.</summary>
public sealed record ChannelFacts(string Source, string Category, string Medium, string Campaign, string ClickId, string Referrer)
{
    /// <summary>Names of the facts in rules.</summary>
    public static IReadOnlyList<string> Names { get; } = ["source", "category", "medium", "campaign", "click_id", "referrer"];

    public static ChannelFacts Of(EventRow row) => new(
        row.Source.ToLowerInvariant(), row.SourceCategory, row.UtmMedium.ToLowerInvariant(), row.UtmCampaign.ToLowerInvariant(),
        row.ClickId, row.ReferrerHost);

    /// <exception cref="InvalidDataException">There is no such fact.</exception>
    public static Func<ChannelFacts, string> Reader(string fact) => fact switch
    {
        "source" => f => f.Source,
        "category" => f => f.Category,
        "medium" => f => f.Medium,
        "campaign" => f => f.Campaign,
        "click_id" => f => f.ClickId,
        "referrer" => f => f.Referrer,
        _ => throw new InvalidDataException($"Channel rules know no fact {fact}."),
    };
}

/// <summary>Ordered rules that name the channel; the first that matches wins. Thread-safe.</summary>
/// <param name="rules">In their order.</param>
/// <exception cref="InvalidDataException">A rule asks for a fact that there is not.</exception>
/// <exception cref="ArgumentException">An expression is none.</exception>
/// <exception cref="NotSupportedException">An expression needs to go back and forth, which could take for ever.</exception>
public sealed class ChannelRules(IReadOnlyList<ChannelRule> rules)
{
    readonly (string Channel, Func<ChannelFacts, bool>[][] Any)[] tests =
        [.. rules.Select(r => (r.Channel, r.Any.Select(all => all.Select(Compile).ToArray()).ToArray()))];

    /// <summary>The 19 rules that come with the product: <c>channels.json</c>.</summary>
    public static IReadOnlyList<ChannelRule> Shipped { get; } = ReadShipped();

    /// <summary>The same, ready to be asked.</summary>
    public static ChannelRules Default { get; } = new(Shipped);

    /// <summary>Channels in the order of their rules.</summary>
    public IEnumerable<string> Names => rules.Select(r => r.Channel);

    /// <returns>Empty where no rule matches.</returns>
    public string Channel(ChannelFacts facts)
    {
        foreach (var (channel, any) in tests)
            foreach (var all in any)
                if (Hold(all, facts))
                    return channel;
        return "";
    }

    static bool Hold(Func<ChannelFacts, bool>[] all, ChannelFacts facts)
    {
        foreach (var holds in all)
            if (!holds(facts))
                return false;
        return true;
    }

    static IReadOnlyList<ChannelRule> ReadShipped()
    {
        using var stream = typeof(ChannelRules).Assembly.GetManifestResourceStream("channels.json")!;
        return ChannelRuleVersion.Read(stream);
    }

    static Func<ChannelFacts, bool> Compile(Condition condition)
    {
        var fact = ChannelFacts.Reader(condition.Fact);
        var holds = condition.Compile();
        return f => holds(fact(f));
    }
}
