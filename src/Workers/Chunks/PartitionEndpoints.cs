using MassTransit;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Takes chunks from the two queues of a partition for as long as it is owned.</summary>
public sealed class PartitionEndpoints(IReceiveEndpointConnector bus, MemoryPartitions memory, GuardedIntake intake, IOptions<BrokerSettings> broker)
{
    /// <returns>Dispose it to take no more chunks and wait for the one at hand.</returns>
    public IAsyncDisposable Connect(OwnedPartition partition)
    {
        if (broker.Value.InMemory) return memory.Connect(partition);
        var number = partition.Lease.Partition;
        return new Connection(
            bus.ConnectReceiveEndpoint(ChunkQueues.StoreChunk(number), (_, endpoint) =>
            {
                Declare(endpoint, ChunkQueues.StoreChunkArguments(number));
                Configure(endpoint, context => intake.TakeAsync(partition, context));
            }),
            bus.ConnectReceiveEndpoint(ChunkQueues.Suspects(number), (_, endpoint) =>
            {
                Declare(endpoint, ChunkQueues.SuspectsArguments);
                Configure(endpoint, context => intake.TakeAloneAsync(partition, context));
            }));
    }

    /// <summary>A queue's settings, the same for both transports.</summary>
    public static void Configure(IReceiveEndpointConfigurator endpoint, MessageHandler<StoreChunk> take)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = 2;
        endpoint.ConcurrentMessageLimit = 1;
        // What is thrown is a cancellation: the chunk goes back to its queue and not to one for errors.
        endpoint.RethrowFaultedMessages();
        endpoint.Handler(take);
    }

    static void Declare(IReceiveEndpointConfigurator endpoint, IReadOnlyDictionary<string, object> arguments)
    {
        foreach (var (name, value) in arguments) ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQueueArgument(name, value);
    }

    sealed class Connection(HostReceiveEndpointHandle chunks, HostReceiveEndpointHandle suspects) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() =>
            await Task.WhenAll(chunks.StopAsync(CancellationToken.None), suspects.StopAsync(CancellationToken.None));
    }
}
