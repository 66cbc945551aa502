namespace SaaS.Analytics.Pipeline;

/// <summary>Names and arguments of the pipeline's queues, the same wherever one is declared.</summary>
public static class ChunkQueues
{
    /// <summary>The chunks of one partition; its exchange has the same name.</summary>
    public static string StoreChunk(int partition) => $"store-chunk-{partition}";

    public const string Saga = "chunk-saga";

    /// <summary>Where a channel is told of its part in chunks.</summary>
    public static string Effects(string channel) => $"effects-{channel}";

    /// <summary>What one collector is told: <see cref="ChunkFinished"/> and <see cref="ChunkStanding"/>.</summary>
    public static string Collector(string collectorId) => $"collector-{collectorId}";

    /// <summary>Where the broker puts what a partition's queue has delivered too often.</summary>
    public static string Suspects(int partition) => $"store-chunk-{partition}-suspects";

    /// <summary>
    /// RabbitMQ arguments of <see cref="StoreChunk"/>: replicated, one consumer at a time, and a message that is under way
    /// again and again when its consumer dies goes to the <see cref="Suspects"/> after 20 deliveries. The broker may lose it on
    /// the way: its collector still has it and brings it again.
    /// </summary>
    public static IReadOnlyDictionary<string, object> StoreChunkArguments(int partition) => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-delivery-limit"] = 20,
        ["x-dead-letter-exchange"] = Suspects(partition),
    };

    /// <summary>RabbitMQ arguments of <see cref="Suspects"/>.</summary>
    public static IReadOnlyDictionary<string, object> SuspectsArguments { get; } = new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
    };
}
