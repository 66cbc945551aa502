namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Browser, operating system and type of device.</summary>
sealed class UserAgentDetection(UserAgents userAgents) : IEventStep
{
    public void Apply(EventContext e)
    {
        var facts = userAgents.Of(e);
        if (ReferenceEquals(facts, UserAgentFacts.Unparsed))
            e.Note("ua_unparsed");
        (e.Row.Browser, e.Row.BrowserVersion) = (facts.Browser, facts.BrowserVersion);
        (e.Row.Os, e.Row.OsVersion, e.Row.DeviceType) = (facts.Os, facts.OsVersion, facts.DeviceType);
    }

    public void Warm() => userAgents.Warm();
}
