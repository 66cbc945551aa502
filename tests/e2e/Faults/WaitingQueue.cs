using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>The messages that wait in a queue, as a broker may deliver them at its worst: each many times, in any order.</summary>
static class WaitingQueue
{
    /// <returns>How many messages waited.</returns>
    public static async Task<int> RepeatAsync(string broker, string queue, int times, Random dice)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var messages = await TakeAsync(channel, queue);
        var copies = Enumerable.Range(0, times).SelectMany(_ => messages).ToArray();
        dice.Shuffle(copies);
        foreach (var (properties, body) in copies) await channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
        return messages.Count;
    }

    static async Task<List<(BasicProperties Properties, byte[] Body)>> TakeAsync(IChannel channel, string queue)
    {
        var waiting = (int)await channel.MessageCountAsync(queue);
        var taken = new List<(BasicProperties, byte[])>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            taken.Add((new BasicProperties(message.BasicProperties), message.Body.ToArray()));
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
            if (taken.Count == waiting) all.SetResult();
        };
        if (waiting == 0) return taken;
        await channel.BasicQosAsync(0, 1, false);
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await all.Task;
        await channel.BasicCancelAsync(tag);
        return taken;
    }
}
