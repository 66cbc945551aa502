using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Declares the partitions' queues on RabbitMQ as the workers do, so that chunks wait there before the first worker ever starts.</summary>
sealed class PartitionQueues(IOptions<BrokerSettings> broker)
{
    readonly ConcurrentDictionary<int, bool> declared = new();

    public async Task EnsureAsync(int partition, CancellationToken cancel)
    {
        if (broker.Value.InMemory || declared.ContainsKey(partition)) return;
        var name = ChunkQueues.StoreChunk(partition);
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.Value.Url) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancel);
        await channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false,
            arguments: ChunkQueues.StoreChunkArguments(partition).ToDictionary(a => a.Key, a => (object?)a.Value), cancellationToken: cancel);
        await channel.QueueBindAsync(name, name, routingKey: "", cancellationToken: cancel);
        declared[partition] = true;
    }
}
