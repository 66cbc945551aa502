using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>The channel, by the ordered rules.</summary>
sealed class ChannelAssignment : IEventStep
{
    readonly Lazy<ChannelRules> rules = new(ChannelRules.Load);

    public void Apply(EventContext e)
    {
        if (e.Row.Name != EventNames.Engagement)
            e.Row.Channel = rules.Value.Channel(ChannelFacts.Of(e.Row));
    }

    public void Warm() => _ = rules.Value;
}
