using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Forgets chunks a week after they were finished: until then a repeat starts nothing.</summary>
public sealed class FinishedChunks(IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Chunks.Where(c => c.FinishedAt < before).ExecuteDeleteAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(ForgetAsync, stoppingToken);
            await Task.Delay(Every, clock, stoppingToken);
        }
    }
}
