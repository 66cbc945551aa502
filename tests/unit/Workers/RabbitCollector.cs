using MassTransit;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Sends chunks over RabbitMQ as a collector does, and takes deliveries as a worker does that dies of them.</summary>
sealed class RabbitCollector : IAsyncDisposable
{
    readonly IBusControl bus;
    readonly ConnectionFactory factory;

    RabbitCollector(IBusControl bus, string url) => (this.bus, factory) = (bus, new ConnectionFactory { Uri = new Uri(url) });

    public static async Task<RabbitCollector> StartAsync(string url)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(url)));
        await bus.StartAsync();
        return new RabbitCollector(bus, url);
    }

    /// <summary>Makes the queues of all partitions as a collector does before it sends: a worker is up some time before it has made its own.</summary>
    public static async Task DeclareQueuesAsync(string url, int partitions)
    {
        var queues = new PartitionQueues(Options.Create(new BrokerSettings { Url = url }));
        for (var p = 0; p < partitions; p++) await queues.EnsureAsync(p, default);
    }

    public async Task SendAsync(TestChunk chunk)
    {
        await bus.Publish(chunk.Sealed());
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{ChunkQueues.StoreChunk(chunk.Partition)}"));
        await endpoint.Send(chunk.Store());
    }

    public async Task SendRawAsync(string queue, byte[] body)
    {
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", queue, body);
    }

    /// <summary>Takes the first message of a partition's queue and breaks the connection, until the broker makes it a suspect.</summary>
    /// <returns>How often it was delivered.</returns>
    public async Task<int> DieOfAsync(int partition)
    {
        for (var deliveries = 0; ; deliveries++)
        {
            await using var connection = await factory.CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, _) => Task.FromResult(delivered.TrySetResult());
            await channel.BasicQosAsync(0, 1, false);
            await channel.BasicConsumeAsync(ChunkQueues.StoreChunk(partition), autoAck: false, consumer);
            while (!delivered.Task.IsCompleted)
            {
                if (await CountAsync(ChunkQueues.Suspects(partition)) > 0) return deliveries;
                await Task.WhenAny(delivered.Task, Task.Delay(100));
            }
        }
    }

    /// <returns>Messages ready in the queue; null where there is no such queue.</returns>
    public async Task<uint?> CountAsync(string queue)
    {
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync() => await bus.StopAsync();
}
