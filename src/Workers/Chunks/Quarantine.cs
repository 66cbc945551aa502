using MassTransit;
using MemoryPack;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Keeps what cannot be stored, with its content: whole chunks, and single events of chunks that were.</summary>
public sealed class Quarantine(IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock)
{
    const int MostEvents = 100;
    const int DetailsLength = 500;

    /// <summary>Keeps the chunk and says that it failed.</summary>
    public async Task PutAsync(ConsumeContext<StoreChunk> context, string error, CancellationToken cancel)
    {
        var chunk = context.Message;
        var text = StoredText.Of(error);
        await KeepAsync(chunk, text, cancel);
        await context.Publish(new ChunkFailed(chunk.ChunkId, chunk.Partition, text.Split('\n')[0]), cancel);
    }

    /// <summary>Keeps the events that no step could digest, some of each chunk.</summary>
    public Task KeepAsync(StoreChunk chunk, IReadOnlyList<EventFault> faults, CancellationToken cancel) => patience.UntilThereAsync(async c =>
    {
        if (faults.Count == 0) return;
        var events = ChunkPayload.Read(chunk.Payload);
        await using var db = await databases.CreateDbContextAsync(c);
        await FailedEventRows.KeepAsync(db, chunk.ChunkId, [.. faults.Take(MostEvents).Select(f => Row(events[f.Index], f))], c);
    }, cancel);

    /// <returns>True when the chunk is kept here.</returns>
    public Task<bool> HoldsAsync(Guid chunkId, CancellationToken cancel) => patience.UntilThereAsync(async c =>
    {
        await using var db = await databases.CreateDbContextAsync(c);
        return await db.FailedChunks.AnyAsync(f => f.ChunkId == chunkId, c);
    }, cancel);

    Task KeepAsync(StoreChunk chunk, string error, CancellationToken cancel) => patience.UntilThereAsync(async c =>
    {
        await using var db = await databases.CreateDbContextAsync(c);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.failed_chunks (chunk_id, collector_id, partition, events, payload, error, failed_at)
            VALUES ({chunk.ChunkId}, {chunk.CollectorId}, {chunk.Partition}, {chunk.Count}, {chunk.Payload}, {error}, {now})
            ON CONFLICT (chunk_id) DO UPDATE SET error = excluded.error, failed_at = excluded.failed_at, replayed_at = NULL
            """, c);
    }, cancel);

    static FailedEventRow Row(in ChunkEvent e, EventFault fault) => new(
        e.SiteId, e.Index, e.Event.Id, StoredText.Of(e.Event.Name), DropReasons.NotProcessable,
        StoredText.Of($"{fault.Step}: {fault.Error.Message}", DetailsLength), e.ReceivedAt,
        e.Unreadable?.Bytes ?? MemoryPackSerializer.Serialize(e.Event));
}
