using MassTransit;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Sends one chunk to its partition's queue and announces it to the saga; both confirmed when it returns.</summary>
sealed class ChunkHandOver(IBus bus, Spool spool, PartitionQueues queues, CollectorName collector, IOptions<BrokerSettings> broker)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task RunAsync(OpenChunk chunk, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        await queues.EnsureAsync(chunk.Partition, limited.Token);
        var payload = chunk.Payload ?? spool.PayloadOf(chunk);
        var endpoint = await bus.GetSendEndpoint(AddressOf(chunk.Partition));
        // The light one first: while no worker has ever listened it is refused, and the payload is not sent over and over.
        await bus.Publish(
            chunk.Announcement(collector.Id),
            context => context.Mandatory = !broker.Value.InMemory, limited.Token);
        if (chunk.HasDropped) await bus.Publish(new EventsDropped(chunk.Id, spool.DroppedOf(chunk)), limited.Token);
        var message = new StoreChunk(chunk.Id, collector.Id, chunk.Partition, chunk.Count, payload) { Repeated = chunk.MayBeThere };
        chunk.MayBeThere = true;
        await endpoint.Send(message, Routed, limited.Token);
    }

    // On RabbitMQ the exchange, so that no collector ever declares the queue without its arguments.
    Uri AddressOf(int partition) =>
        new($"{(broker.Value.InMemory ? "queue" : "exchange")}:{ChunkQueues.StoreChunk(partition)}");

    // Without it a message that no queue takes is confirmed and lost.
    static void Routed(SendContext<StoreChunk> context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    }
}
