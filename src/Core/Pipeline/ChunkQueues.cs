namespace SaaS.Analytics.Pipeline;

/// <summary>Names and arguments of the pipeline's queues, the same wherever one is declared.</summary>
public static class ChunkQueues
{
    /// <summary>The chunks of one partition; its exchange has the same name.</summary>
    public static string StoreChunk(int partition) => $"store-chunk-{partition}";

    public const string Saga = "chunk-saga";

    /// <summary>What one collector is told: <see cref="ChunkFinished"/> and <see cref="ChunkStanding"/>.</summary>
    public static string Collector(string collectorId) => $"collector-{collectorId}";

    /// <summary>
    /// RabbitMQ arguments of <see cref="StoreChunk"/>: replicated, one consumer at a time, and a message that keeps killing
    /// its consumer is dropped after 20 deliveries; its collector still has it and brings it again later, ever more rarely.
    /// </summary>
    public static IReadOnlyDictionary<string, object> StoreChunkArguments { get; } = new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-delivery-limit"] = 20,
    };
}
