using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Forgets chunks a week after they were done: until then a repeat starts nothing. Quarantined ones are kept.</summary>
public sealed class FinishedChunks(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.FailedChunks.Where(f => f.FailedAt < before && db.Chunks.Any(c => c.CorrelationId == f.ChunkId && c.CurrentState == nameof(ChunkSaga.Done)))
            .ExecuteDeleteAsync(cancel);
        return await db.Chunks.Where(c => c.FinishedAt < before && c.CurrentState == nameof(ChunkSaga.Done)).ExecuteDeleteAsync(cancel);
    }
}
