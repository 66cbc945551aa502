using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Replay;

/// <summary>Is to replayed chunks what a collector is to new ones: sends them, again if need be, until it is known what became of them.</summary>
public sealed class ReplaySender(IDbContextFactory<SystemDb> databases, IBus bus, IOptions<BrokerSettings> broker, TimeProvider clock)
{
    const string Collector = "replay";
    static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    /// <summary>Sends one that is due.</summary>
    /// <returns>False when none is.</returns>
    public async Task<bool> SendNextAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await TakeAsync(db, cancel) is not { } due) return false;
        if (await IsOverAsync(db, due, cancel))
        {
            await db.ChunkReplays.Where(r => r.ChunkId == due.ChunkId).ExecuteDeleteAsync(cancel);
            return true;
        }
        try
        {
            await SendAsync(db, due, cancel);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            await db.ChunkReplays.Where(r => r.ChunkId == due.ChunkId).ExecuteUpdateAsync(r => r.SetProperty(x => x.SentAt, (DateTime?)null), cancel);
            throw;
        }
        return true;
    }

    /// <summary>Notes that it is sent before it is: a chunk that kills this process must not do so at every start.</summary>
    async Task<ChunkReplay?> TakeAsync(SystemDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.ChunkReplays.FromSql($"""
            SELECT * FROM pipeline.chunk_replays WHERE sent_at IS NULL OR sent_at < {now - Again} ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (due is null) return null;
        await db.ChunkReplays.Where(r => r.ChunkId == due.ChunkId).ExecuteUpdateAsync(r => r.SetProperty(x => x.SentAt, now), cancel);
        await transaction.CommitAsync(cancel);
        return due;
    }

    /// <summary>Stored, or failed since it was asked for; and a failed chunk is sent once, the operator may ask again.</summary>
    static async Task<bool> IsOverAsync(SystemDb db, ChunkReplay replay, CancellationToken cancel) =>
        (replay.SiteId is null && replay.SentAt is not null) || await db.Chunks.AnyAsync(
            c => c.CorrelationId == replay.ChunkId && (c.CurrentState == "Done"
                || (c.CurrentState == "Quarantined" && db.FailedChunks.Any(f => f.ChunkId == replay.ChunkId && f.FailedAt > replay.RequestedAt))), cancel);

    async Task SendAsync(SystemDb db, ChunkReplay replay, CancellationToken cancel)
    {
        var chunk = replay.SiteId is { } site
            ? new StoreChunk(replay.ChunkId, Collector, Partitions.Of(site, broker.Value.Partitions), replay.Events, replay.Payload!) { Repeated = true }
            : await FailedAsync(db, replay.ChunkId, cancel);
        if (replay.SiteId is not null) await bus.Publish(Sealed(replay, chunk), cancel);
        var queue = ChunkQueues.StoreChunk(chunk.Partition);
        var endpoint = await bus.GetSendEndpoint(new Uri($"{(broker.Value.InMemory ? "queue" : "exchange")}:{queue}"));
        await endpoint.Send(chunk, Routed, cancel);
    }

    static async Task<StoreChunk> FailedAsync(SystemDb db, Guid chunkId, CancellationToken cancel)
    {
        var failed = await db.FailedChunks.SingleAsync(f => f.ChunkId == chunkId, cancel);
        return new StoreChunk(failed.ChunkId, failed.CollectorId, failed.Partition, failed.Events, failed.Payload) { Repeated = true };
    }

    static ChunkSealed Sealed(ChunkReplay replay, StoreChunk chunk)
    {
        var at = replay.RequestedAt;
        var minute = new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
        return new ChunkSealed(replay.ChunkId, Collector, chunk.Partition, chunk.Count, at, [new ReceiptCount(replay.SiteId!.Value, minute, chunk.Count, [])]);
    }

    static void Routed(SendContext<StoreChunk> context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
    }
}
