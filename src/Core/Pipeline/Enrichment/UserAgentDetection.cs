namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Browser, operating system and device.</summary>
sealed class UserAgentDetection(UserAgents userAgents) : IEventStep
{
    public void Apply(EventContext e)
    {
        var facts = userAgents.Of(e);
        if (ReferenceEquals(facts, UserAgentFacts.Unparsed))
            Postpone(e);
        facts.CopyTo(e.Row);
    }

    /// <summary>The text is stored with the event until <see cref="LateReading"/> takes it up.</summary>
    static void Postpone(EventContext e)
    {
        e.Note(LateReading.Note);
        e.Row.UserAgent = e.Event.UserAgent;
    }

    public void Warm() => userAgents.Warm();
}
