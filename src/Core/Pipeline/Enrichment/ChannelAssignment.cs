using SaaS.Analytics.Events;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>The channel, by the site's ordered rules.</summary>
sealed class ChannelAssignment : IEventStep
{
    public void Apply(EventContext e)
    {
        if (e.Row.Name != EventNames.Engagement)
            e.Row.Channel = (e.Site.Channels ?? ChannelRules.Default).Channel(ChannelFacts.Of(e.Row));
    }

    public void Warm() => _ = ChannelRules.Default;
}
