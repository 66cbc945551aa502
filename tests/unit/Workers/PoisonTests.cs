using System.Text;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Messages that cannot be handled, processes that die while they handle them, and stops in between.</summary>
public sealed class PoisonTests(WorkerStack stack, RabbitFixture rabbit) : IClassFixture<WorkerStack>, IClassFixture<RabbitFixture>, IAsyncLifetime
{
    const int Partitions = 4;

    public Task InitializeAsync() => RabbitCollector.DeclareQueuesAsync(rabbit.Url, Partitions);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Twelve_kills_of_the_worker_while_many_chunks_wait_make_none_of_them_dead()
    {
        await using var proxy = new FaultProxy(stack.Store.Connection) { Down = true };
        await using var collector = await RabbitCollector.StartAsync(rabbit.Url);
        await DeclareQueuesAsync();
        var chunks = new List<TestChunk>();
        for (var p = 0; p < Partitions; p++)
        {
            var site = await stack.SiteAsync(p, Partitions);
            for (var i = 0; i < 50; i++) chunks.Add(TestChunk.Of(site, p, visitors: 1));
        }
        foreach (var chunk in chunks) await collector.SendAsync(chunk);
        for (var kill = 0; kill < 12; kill++)
        {
            await using var worker = WorkerProcess.Start(stack, rabbit.Url, Partitions, proxy.Connection);
            var before = proxy.Refused;
            await Eventually.TrueAsync(() => proxy.Refused > before + Partitions, "chunks are in hand");
            await worker.KillAsync();
        }
        proxy.Down = false;
        await using var last = WorkerProcess.Start(stack, rabbit.Url, Partitions, proxy.Connection);
        await DoneAsync(chunks);
        await using var db = stack.Database();
        var ids = chunks.Select(c => c.Id).ToList();
        Assert.Equal(0, await db.FailedChunks.CountAsync(f => ids.Contains(f.ChunkId)));
    }

    [Fact]
    public async Task A_chunk_that_was_delivered_too_often_is_tried_alone_and_stored()
    {
        await using var collector = await RabbitCollector.StartAsync(rabbit.Url);
        await DeclareQueuesAsync();
        var chunk = TestChunk.Of(await stack.SiteAsync(2, Partitions), 2, visitors: 3);
        await collector.SendAsync(chunk);
        Assert.Equal(21, await collector.DieOfAsync(2));
        await using var worker = WorkerProcess.Start(stack, rabbit.Url, Partitions, stack.Store.Connection);
        await DoneAsync([chunk]);
        await using var db = stack.Database();
        Assert.False(await db.FailedChunks.AnyAsync(f => f.ChunkId == chunk.Id));
        Assert.False(await db.ChunkTrials.AnyAsync());
    }

    [Fact]
    public async Task A_chunk_that_kills_its_worker_even_alone_is_quarantined_with_its_payload_and_others_flow()
    {
        await using var proxy = new FaultProxy(stack.Store.Connection) { Down = true };
        await using var collector = await RabbitCollector.StartAsync(rabbit.Url);
        await DeclareQueuesAsync();
        var site = await stack.SiteAsync(1, Partitions);
        var (killer, good) = (TestChunk.Of(site, 1, visitors: 3), TestChunk.Of(site, 1, visitors: 2));
        await collector.SendAsync(killer);
        await collector.DieOfAsync(1);
        await using (var victim = WorkerProcess.Start(stack, rabbit.Url, Partitions, proxy.Connection))
        {
            await Eventually.TrueAsync(async () => await stack.Database().ChunkTrials.AnyAsync(t => t.ChunkId == killer.Id), "the trial began");
            await victim.KillAsync();
        }
        await collector.SendAsync(good);
        proxy.Down = false;
        await using var next = WorkerProcess.Start(stack, rabbit.Url, Partitions, proxy.Connection);
        await DoneAsync([good]);
        await DoneAsync([killer], "Quarantined");
        await using var db = stack.Database();
        Assert.Equal(
            killer.Events.Select(e => e.Event.Id),
            ChunkPayload.Read((await db.FailedChunks.SingleAsync(f => f.ChunkId == killer.Id)).Payload).Select(e => e.Event.Id));
        Assert.False(await db.ChunkTrials.AnyAsync());
        await Eventually.TrueAsync(async () =>
            (await stack.Store.Store.Ledger.BetweenAsync(site.Id, DateTime.UtcNow.AddHours(-1), DateTime.UtcNow.AddMinutes(1), default))
            .Where(l => l.ChunkId == killer.Id && l.Outcome == "dead").Sum(l => l.Events) == killer.Events.Count, "its events count as dead");
    }

    [Fact]
    public async Task A_message_in_hand_at_a_stop_goes_back_to_its_queue()
    {
        await using var collector = await RabbitCollector.StartAsync(rabbit.Url);
        var chunk = TestChunk.Of(await stack.SiteAsync(0, Partitions), 0, visitors: 1);
        await using var db = stack.Database();
        var host = await WorkerHost.StartAsync(stack, rabbit.Url, "stopping", Partitions);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO pipeline.chunks (correlation_id, current_state, collector_id, partition, events, counts) VALUES ({chunk.Id}, '', '', 0, 0, '[]')
                """);
            await collector.SendAsync(chunk);
            await Eventually.TrueAsync(async () => await BlockedAsync(), "a saga waits for the row");
            await host.DisposeAsync();
            await transaction.RollbackAsync();
        }
        Assert.Null(await collector.CountAsync("chunk-saga_error"));
        Assert.False(await stack.Database().FailedMessages.AnyAsync(m => m.Error.Contains("cancel")));
        await using var next = await WorkerHost.StartAsync(stack, rabbit.Url, "next", Partitions);
        await DoneAsync([chunk]);
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_is_kept_and_the_next_one_is_handled()
    {
        await using var collector = await RabbitCollector.StartAsync(rabbit.Url);
        await using var host = await WorkerHost.StartAsync(stack, rabbit.Url, "reader", Partitions);
        var garbage = Encoding.UTF8.GetBytes($"{{ no message {Guid.NewGuid()}");
        await collector.SendRawAsync(ChunkQueues.Saga, garbage);
        await Eventually.TrueAsync(async () => await stack.Database().FailedMessages.AnyAsync(m => m.Body == garbage && m.Queue == ChunkQueues.Saga), "it is kept");
        var chunk = TestChunk.Of(await stack.SiteAsync(0, Partitions), 0, visitors: 1);
        await collector.SendAsync(chunk);
        await DoneAsync([chunk]);
    }

    async Task DeclareQueuesAsync()
    {
        await using var host = await WorkerHost.StartAsync(stack, rabbit.Url, "mortal", Partitions);
        await Eventually.TrueAsync(async () => await stack.Database().PartitionLeases.CountAsync(l => l.Owner == "mortal") == Partitions, "all owned");
    }

    async Task<bool> BlockedAsync()
    {
        await using var db = stack.Database();
        return (await db.Database.SqlQuery<int>(
            $"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%pipeline.chunks%'""").ToListAsync())[0] > 0;
    }

    async Task DoneAsync(IReadOnlyCollection<TestChunk> chunks, string state = "Done")
    {
        var ids = chunks.Select(c => c.Id).ToList();
        await Eventually.TrueAsync(async () =>
        {
            await using var db = stack.Database();
            return await db.Chunks.CountAsync(c => ids.Contains(c.CorrelationId) && c.CurrentState == state) == ids.Count;
        }, $"{ids.Count} chunks are {state}");
    }
}
