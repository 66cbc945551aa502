using SaaS.Analytics.Pipeline;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Clients and brokers that say everything several times.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class DeliveryTests(FaultStack stack, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_request_sent_three_times_and_every_chunk_delivered_ten_times_in_any_order_counts_once()
    {
        await using var attack = await Attack.BeginAsync(stack, output,
            (collector, sites, log, seed) => new Load(collector, sites, log, seed) { Connections = 50, Copies = 3 });
        await stack.Worker.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(8));
        await attack.StopAsync();
        var dice = new Random(FaultCollection.Seed);
        await HandedOverAsync();
        foreach (var partition in attack.Sites.Select(s => Partitions.Of(s.Id, FaultStack.Partitions)).Distinct())
            await RepeatAsync($"store-chunk-{partition}", 10, dice);
        await RepeatAsync("chunk-saga", 3, dice);
        await stack.Worker.StartAsync();
        await attack.AgreesAsync();
    }

    async Task RepeatAsync(string queue, int times, Random dice)
    {
        var messages = await WaitingQueue.RepeatAsync(stack.Rabbit.Url("v0"), queue, times, dice);
        output.WriteLine($"{queue}: {messages} messages, each {times} times");
        Assert.NotEqual(0, messages);
    }

    /// <summary>Until the broker holds what was accepted: as many announcements as chunks, and no more come.</summary>
    async Task HandedOverAsync()
    {
        var before = "";
        await Wait.UntilAsync("all chunks are handed over", async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            var (now, last) = (await stack.Rabbit.ControlAsync("list_queues", "-p", "v0", "name", "messages"), before);
            before = now;
            return now == last;
        });
    }
}
