using MassTransit;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Takes chunks from the queue of a partition for as long as it is owned.</summary>
public sealed class PartitionEndpoints(IReceiveEndpointConnector bus, MemoryPartitions memory, ChunkIntake intake, IOptions<BrokerSettings> broker)
{
    /// <returns>Dispose it to take no more chunks and wait for the one at hand.</returns>
    public IAsyncDisposable Connect(OwnedPartition partition)
    {
        if (broker.Value.InMemory) return memory.Connect(partition);
        return new Connection(bus.ConnectReceiveEndpoint(ChunkQueues.StoreChunk(partition.Lease.Partition), (_, endpoint) =>
            Configure(endpoint, context => intake.TakeAsync(partition, context))));
    }

    /// <summary>The queue's settings, the same for both transports.</summary>
    public static void Configure(IReceiveEndpointConfigurator endpoint, MessageHandler<StoreChunk> take)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = 2;
        endpoint.ConcurrentMessageLimit = 1;
        // What is thrown is a cancellation: the chunk goes back to its queue and not to one for errors.
        endpoint.RethrowFaultedMessages();
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            foreach (var (name, value) in ChunkQueues.StoreChunkArguments) rabbit.SetQueueArgument(name, value);
        endpoint.Handler(take);
    }

    sealed class Connection(HostReceiveEndpointHandle endpoint) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await endpoint.StopAsync(CancellationToken.None);
    }
}
