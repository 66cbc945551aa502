using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Marks visits whose referrer is an advertisement for itself. They are stored like those of bots.</summary>
sealed class ReferrerSpamDetection(DataFolder data, ILogger log) : IEventStep
{
    static readonly ReferrerSpam Own = ReferrerSpam.Load();
    readonly DataFile<ReferrerSpam> withPublicList = data.Open("", [DataFiles.ReferrerSpam], ReferrerSpam.Load, log);

    public void Apply(EventContext e)
    {
        if ((withPublicList.Value ?? Own).Contains(e.Row.ReferrerHost))
            BotVerdict.Add(e.Row, BotVerdict.Certain, "Referrer spam", "referrer_spam");
    }

    public void Warm() => withPublicList.Refresh();
}
