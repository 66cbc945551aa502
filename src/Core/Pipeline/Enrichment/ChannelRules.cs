using System.Text.Json;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>What channel rules look at, all in lower case.</summary>
public sealed record ChannelFacts(string Source, string Category, string Medium, string Campaign, string ClickId)
{
    public static ChannelFacts Of(EventRow row) => new(
        row.Source.ToLowerInvariant(), row.SourceCategory, row.UtmMedium.ToLowerInvariant(), row.UtmCampaign.ToLowerInvariant(),
        row.ClickId);

    /// <exception cref="InvalidDataException">There is no such fact.</exception>
    public static Func<ChannelFacts, string> Reader(string fact) => fact switch
    {
        "source" => f => f.Source,
        "category" => f => f.Category,
        "medium" => f => f.Medium,
        "campaign" => f => f.Campaign,
        "click_id" => f => f.ClickId,
        _ => throw new InvalidDataException($"Channel rules know no fact {fact}."),
    };
}

/// <summary>
/// Ordered rules that name the channel; the first that matches wins. A rule is alternatives (<c>any</c>) of conditions that
/// must all hold; a condition is a fact that <c>is</c> one of some values or <c>matches</c> an expression.
/// </summary>
public sealed class ChannelRules
{
    readonly (string Channel, Func<ChannelFacts, bool>[][] Any)[] rules;

    ChannelRules(IEnumerable<Rule> rules) =>
        this.rules = [.. rules.Select(r => (r.Channel, r.Any.Select(all => all.Select(Compile).ToArray()).ToArray()))];

    /// <summary>The 19 rules that come with the product: <c>channels.json</c>.</summary>
    public static ChannelRules Load()
    {
        using var stream = typeof(ChannelRules).Assembly.GetManifestResourceStream("channels.json")!;
        return new ChannelRules(JsonSerializer.Deserialize<List<Rule>>(stream, JsonSerializerOptions.Web)!);
    }

    /// <summary>Channels in the order of their rules.</summary>
    public IEnumerable<string> Names => rules.Select(r => r.Channel);

    /// <returns>Empty where no rule matches.</returns>
    public string Channel(ChannelFacts facts)
    {
        foreach (var (channel, any) in rules)
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

    static Func<ChannelFacts, bool> Compile(Condition condition)
    {
        var fact = ChannelFacts.Reader(condition.Fact);
        var holds = condition.Compile();
        return f => holds(fact(f));
    }

    sealed record Rule(string Channel, Condition[][] Any);
}
