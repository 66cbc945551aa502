using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Keeps chunks that cannot be stored, with their payload.</summary>
public sealed class Quarantine(IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock)
{
    public Task PutAsync(StoreChunk chunk, Exception error, CancellationToken cancel) => patience.UntilThereAsync(async c =>
    {
        await using var db = await databases.CreateDbContextAsync(c);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.failed_chunks (chunk_id, collector_id, partition, events, payload, error, failed_at)
            VALUES ({chunk.ChunkId}, {chunk.CollectorId}, {chunk.Partition}, {chunk.Count}, {chunk.Payload}, {error.ToString()}, {now})
            ON CONFLICT (chunk_id) DO UPDATE SET error = excluded.error, failed_at = excluded.failed_at
            """, c);
    }, cancel);
}
