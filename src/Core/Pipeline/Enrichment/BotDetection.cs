namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Marks what says itself that it is a program. Bots are stored: evidence, not deletion.</summary>
sealed class BotDetection(UserAgents userAgents) : IEventStep
{
    public void Apply(EventContext e)
    {
        var facts = userAgents.Of(e);
        if (facts.BotName.Length > 0)
            BotVerdict.Add(e.Row, BotVerdict.Certain, facts.BotName, facts.BotReason);
    }
}
