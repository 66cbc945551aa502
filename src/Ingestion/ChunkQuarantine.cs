using MassTransit;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Keeps a chunk that nobody dares to process, with its payload, and tells its saga.</summary>
sealed class ChunkQuarantine(IDbContextFactory<SystemDb> databases, IBus bus, Spool spool, CollectorName collector, TimeProvider time)
{
    public async Task RunAsync(OpenChunk chunk, string error, CancellationToken cancel)
    {
        var payload = chunk.Payload ?? Readable(chunk);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.failed_chunks (chunk_id, collector_id, partition, events, payload, error, failed_at)
            VALUES ({chunk.Id}, {collector.Id}, {chunk.Partition}, {chunk.Count}, {payload}, {error}, {time.GetUtcNow().UtcDateTime})
            ON CONFLICT (chunk_id) DO NOTHING
            """, cancel);
        await bus.Publish(chunk.Announcement(collector.Id), cancel);
        await bus.Publish(new ChunkFailed(chunk.Id, chunk.Partition, error), cancel);
    }

    byte[] Readable(OpenChunk chunk)
    {
        try
        {
            return spool.PayloadOf(chunk);
        }
        catch (DamagedChunkException e)
        {
            return e.Payload;
        }
    }
}
