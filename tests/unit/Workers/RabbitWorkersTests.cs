using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Tests.Workers;

public sealed class RabbitWorkersTests(WorkerStack stack, RabbitFixture rabbit) : IClassFixture<WorkerStack>, IClassFixture<RabbitFixture>, IAsyncLifetime
{
    const int Partitions = 4;

    public Task InitializeAsync() => RabbitCollector.DeclareQueuesAsync(rabbit.Url, Partitions);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Two_workers_share_the_partitions_and_one_takes_over_when_the_other_stops()
    {
        await using var first = await StartAsync("first");
        await OwnedAsync("first", 4);
        var second = await StartAsync("second");
        await OwnedAsync("first", 2);
        await OwnedAsync("second", 2);
        await StoreEverywhereAsync(first);
        await second.DisposeAsync();
        await OwnedAsync("first", 4);
        await StoreEverywhereAsync(first);
    }

    [Fact]
    public async Task The_partitions_of_a_worker_that_vanished_are_taken_with_a_greater_epoch()
    {
        await using (var calm = await StartAsync("calm")) await OwnedAsync("calm", 4);
        await using (var db = stack.Database())
            await db.Database.ExecuteSqlAsync($"""
                UPDATE pipeline.partition_leases SET owner = 'vanished', until = now() + interval '4 seconds'
                """);
        var before = await EpochsAsync();
        await using var next = await StartAsync("next");
        await OwnedAsync("next", 4);
        Assert.All(await EpochsAsync(), after => Assert.Equal(before[after.Key] + 1, after.Value));
        await StoreEverywhereAsync(next);
    }

    [Fact]
    public async Task Chunks_wait_for_a_store_that_is_away_and_none_is_lost_when_the_worker_stops_meanwhile()
    {
        await using var proxy = new FaultProxy(stack.Store.Connection) { Down = true };
        var site = await stack.SiteAsync(1, Partitions);
        TestChunk[] chunks = [.. Enumerable.Range(1, 5).Select(n => TestChunk.Of(site, 1, visitors: n))];
        await using (var blind = await StartAsync("blind", proxy.Connection))
        {
            foreach (var chunk in chunks) await blind.SendAsync(chunk);
            await Eventually.TrueAsync(() => proxy.Refused > 3, "tries are made");
            Assert.Empty(blind.Finished);
        }
        await using var host = await StartAsync("seeing", proxy.Connection);
        await Eventually.TrueAsync(() => proxy.Refused > 6, "more tries are made");
        proxy.Down = false;
        foreach (var chunk in chunks) await host.FinishedAsync(chunk.Id);
        Assert.Equal(
            chunks.SelectMany(c => c.Events).Select(e => e.Event.Id).Order(),
            (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Select(e => e.EventId).Order());
    }

    Task<WorkerHost> StartAsync(string name, string? store = null) => WorkerHost.StartAsync(stack, rabbit.Url, name, Partitions, store);

    async Task StoreEverywhereAsync(WorkerHost host)
    {
        var chunks = new List<TestChunk>();
        for (var p = 0; p < Partitions; p++) chunks.Add(TestChunk.Of(await stack.SiteAsync(p, Partitions), p, visitors: 2));
        foreach (var chunk in chunks) await host.SendAsync(chunk);
        // Either worker may hear of it: the collector's queue is read by both here.
        await Eventually.TrueAsync(async () =>
        {
            await using var db = stack.Database();
            var ids = chunks.Select(c => c.Id).ToList();
            return await db.Chunks.CountAsync(c => ids.Contains(c.CorrelationId) && c.CurrentState == "Done") == Partitions;
        }, "a chunk of every partition is stored");
    }

    Task OwnedAsync(string worker, int count) => Eventually.TrueAsync(async () =>
    {
        await using var db = stack.Database();
        return await db.PartitionLeases.CountAsync(l => l.Owner == worker && l.Until > DateTime.UtcNow) == count;
    }, $"{worker} owns {count}");

    async Task<Dictionary<int, long>> EpochsAsync()
    {
        await using var db = stack.Database();
        return await db.PartitionLeases.ToDictionaryAsync(l => l.Partition, l => l.Epoch);
    }
}
