using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

static class CollectorAddress
{
    /// <summary>The exchange and not the queue: what is told to a collector that is gone may be lost, it asks when it is back.</summary>
    public static Uri Of(string collectorId) => new($"exchange:{ChunkQueues.Collector(collectorId)}");
}
