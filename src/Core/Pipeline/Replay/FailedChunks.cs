using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Pipeline.Replay;

/// <summary>The way back of quarantined chunks, for the operator.</summary>
public sealed class FailedChunks(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    /// <summary>
    /// Sends the chunk through the pipeline again under its own id: when it is stored, its saga goes from Quarantined to Done and
    /// its events, which were dead in the ledger, are what became of them. One that fails again is quarantined again.
    /// </summary>
    /// <returns>False when there is no such chunk, or it is under way already.</returns>
    public async Task<bool> ReplayAsync(Guid chunkId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var chunk = await db.FailedChunks.FromSql($"SELECT * FROM pipeline.failed_chunks WHERE chunk_id = {chunkId} FOR UPDATE").AsTracking().SingleOrDefaultAsync(cancel);
        if (chunk is null || await db.ChunkReplays.AnyAsync(r => r.ChunkId == chunkId, cancel)) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        chunk.ReplayedAt = now;
        db.Add(new ChunkReplay { ChunkId = chunkId, Events = chunk.Events, RequestedAt = now });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
