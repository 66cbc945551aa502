namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Marks visits whose referrer is an advertisement for itself. They are stored like those of bots.</summary>
sealed class ReferrerSpamDetection : IEventStep
{
    readonly Lazy<ReferrerSpam> spam = new(() => ReferrerSpam.Load());

    public void Apply(EventContext e)
    {
        if (spam.Value.Contains(e.Row.ReferrerHost))
            BotVerdict.Add(e.Row, BotVerdict.Certain, "Referrer spam", "referrer_spam");
    }

    public void Warm() => _ = spam.Value;
}
