using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Notes, before a suspect is tried, that it is: only a process that dies with it leaves the note behind.</summary>
public sealed class ChunkTrials(IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock)
{
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <returns>Null when a process has died with this chunk before; else dispose it when the trial is over.</returns>
    public async Task<IAsyncDisposable?> BeginAsync(Guid chunkId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var noted = await patience.UntilThereAsync(async c =>
        {
            await using var db = await databases.CreateDbContextAsync(c);
            return await db.Database.ExecuteSqlAsync(
                $"INSERT INTO pipeline.chunk_trials (chunk_id, started_at) VALUES ({chunkId}, {now}) ON CONFLICT DO NOTHING", c);
        }, cancel);
        return noted == 0 ? null : new Trial(this, chunkId);
    }

    /// <summary>The next trial is a new one.</summary>
    public async Task ForgetAsync(Guid chunkId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.ChunkTrials.Where(t => t.ChunkId == chunkId).ExecuteDeleteAsync(cancel);
    }

    async ValueTask EndAsync(Guid chunkId)
    {
        // Its own time limit: at a stop every other token is cancelled by now.
        using var limit = new CancellationTokenSource(Farewell);
        await patience.UntilThereAsync(c => ForgetAsync(chunkId, c), limit.Token);
    }

    sealed class Trial(ChunkTrials trials, Guid chunkId) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => trials.EndAsync(chunkId);
    }
}
