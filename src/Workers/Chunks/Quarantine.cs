using MassTransit;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Keeps chunks that cannot be stored, with their payload.</summary>
public sealed class Quarantine(IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock)
{
    /// <summary>Keeps the chunk and says that it failed.</summary>
    public async Task PutAsync(ConsumeContext<StoreChunk> context, string error, CancellationToken cancel)
    {
        var chunk = context.Message;
        await KeepAsync(chunk, error, cancel);
        await context.Publish(new ChunkFailed(chunk.ChunkId, chunk.Partition, error.Split('\n')[0]), cancel);
    }

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
            ON CONFLICT (chunk_id) DO UPDATE SET error = excluded.error, failed_at = excluded.failed_at
            """, c);
    }, cancel);
}
