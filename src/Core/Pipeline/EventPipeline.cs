using Microsoft.Extensions.Logging;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Everything that is done to one event before it finds its visit. An enrichment is one file and one line here; later steps
/// see what earlier ones wrote.
/// </summary>
public sealed class EventPipeline
{
    readonly IEventStep[] steps;
    readonly UserAgents userAgents;

    public EventPipeline(DataFolder data, ILogger log)
    {
        userAgents = new UserAgents(data, log);
        steps =
        [
            new UrlCleanUp(),
            new ReferrerCleanUp(),
            new CampaignTags(),
            new SourceLookup(),
            new PersonalDataMask(),
            new ChannelAssignment(),
            new UserAgentDetection(userAgents),
            new ClientHintsMerge(userAgents),
            new BotDetection(userAgents),
            new BotSigns(),
            new ReferrerSpamDetection(data, log),
        ];
    }

    internal void Warm()
    {
        foreach (var step in steps)
            step.Warm();
    }

    internal EventRow ReadLate(EventRow row) => LateReading.Read(row, userAgents.Of(row.UserAgent));

    /// <returns>The step that threw, with what it threw; null where all went well.</returns>
    internal (string Step, Exception Error)? Run(EventContext e)
    {
        foreach (var step in steps)
        {
            try
            {
                step.Apply(e);
            }
            catch (Exception error)
            {
                return (step.GetType().Name, error);
            }
            if (e.Dropped is not null)
                break;
        }
        return null;
    }
}
