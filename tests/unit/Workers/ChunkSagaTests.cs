using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Tests.Workers;

public sealed class ChunkSagaTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly Func<Guid, object> Sealed = id => new ChunkSealed(id, WorkerHost.Collector, 1, 3, DateTime.UtcNow, []);
    static readonly Func<Guid, object> Stored = id => new ChunkStored(id, 1, DateTime.UtcNow, []);
    static readonly Func<Guid, object> Failed = id => new ChunkFailed(id, 1, "broken");

    public static TheoryData<string, string, int> Orders => new()
    {
        { "sealed stored", "Done", 1 },
        { "stored sealed", "Done", 1 },
        { "sealed failed", "Quarantined", 1 },
        { "failed sealed", "Quarantined", 1 },
        { "sealed sealed stored stored", "Done", 1 },
        { "stored stored sealed", "Done", 1 },
        { "failed stored sealed", "Done", 1 },
        { "sealed stored sealed", "Done", 2 },
        { "sealed failed stored", "Done", 1 },
        { "sealed stored failed", "Done", 1 },
        { "sealed failed failed sealed", "Quarantined", 2 },
    };

    [Theory, MemberData(nameof(Orders))]
    public async Task In_any_order_a_chunk_ends_once_and_its_collector_is_told(string order, string end, int told)
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var id = Guid.CreateVersion7();
        foreach (var word in order.Split(' '))
        {
            var seen = host.Get<SagaWatch>().Handled;
            await host.Bus.Publish(Message(word)(id));
            await Eventually.TrueAsync(() => host.Get<SagaWatch>().Handled > seen, $"{word} handled");
        }
        var chunk = await ChunkAsync(id);
        Assert.Equal(end, chunk.CurrentState);
        Assert.NotNull(chunk.FinishedAt);
        Assert.Equal(WorkerHost.Collector, chunk.CollectorId);
        await host.FinishedAsync(id, told);
        Assert.Equal(told, host.Finished.Count(f => f.ChunkId == id));
    }

    [Fact]
    public async Task Many_chunks_with_both_messages_at_once_all_end()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        Guid[] ids = [.. Enumerable.Range(0, 200).Select(_ => Guid.CreateVersion7())];
        await Task.WhenAll(ids.SelectMany(id => new[] { host.Bus.Publish(Sealed(id)), host.Bus.Publish(Stored(id)) }));
        await Eventually.TrueAsync(() => ids.All(id => host.Finished.Any(f => f.ChunkId == id)), "all finished");
        await using var db = stack.Database();
        Assert.Equal(200, await db.Chunks.CountAsync(c => ids.Contains(c.CorrelationId) && c.CurrentState == "Done"));
    }

    [Fact]
    public async Task A_collector_that_asks_hears_what_is_finished_and_what_was_never_heard_of()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var (done, open, storedOnly, never) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var message in (object[])[Sealed(done), Stored(done), Sealed(open), Stored(storedOnly)]) await host.Bus.Publish(message);
        await Eventually.TrueAsync(() => host.Get<SagaWatch>().Handled >= 4, "all handled");
        await host.Bus.Publish(new ChunksAsked(WorkerHost.Collector, [done, open, storedOnly, never]));
        await Eventually.TrueAsync(() => !host.Standings.IsEmpty, "an answer");
        var answer = host.Standings.Single();
        Assert.Equal([done], answer.Finished);
        Assert.Equal([storedOnly, never], answer.Unknown);
    }

    [Fact]
    public async Task Finished_chunks_are_forgotten_after_a_week_and_open_ones_never()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var (old, fresh, open) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = DateTime.UtcNow;
        await using var db = stack.Database();
        db.AddRange(
            new ChunkState { CorrelationId = old, CurrentState = "Done", FinishedAt = now - FinishedChunks.Kept - TimeSpan.FromHours(1) },
            new ChunkState { CorrelationId = fresh, CurrentState = "Done", FinishedAt = now - FinishedChunks.Kept + TimeSpan.FromHours(1) },
            new ChunkState { CorrelationId = open, CurrentState = "Sealed", SealedAt = now.AddDays(-30) });
        await db.SaveChangesAsync();
        await host.Get<FinishedChunks>().ForgetAsync(default);
        Guid[] ids = [old, fresh, open];
        Assert.Equal(new[] { fresh, open }.Order(), (await db.Chunks.Where(c => ids.Contains(c.CorrelationId)).Select(c => c.CorrelationId).ToListAsync()).Order());
    }

    static Func<Guid, object> Message(string word) => word switch { "sealed" => Sealed, "stored" => Stored, _ => Failed };

    async Task<ChunkState> ChunkAsync(Guid id)
    {
        await using var db = stack.Database();
        return await db.Chunks.SingleAsync(c => c.CorrelationId == id);
    }
}
