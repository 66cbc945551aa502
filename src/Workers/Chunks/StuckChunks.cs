using MassTransit;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Operator;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Looks after chunks that are sealed and not finished. Their collectors repeat them, ever more rarely; what this adds is to
/// end those that are stored or put away, should the news have been lost and the collector be gone too, and to tell of the rest.
/// </summary>
public sealed class StuckChunks(IDbContextFactory<SystemDb> databases, LedgerStore ledger, IBus bus, OperatorAlerts alerts, TimeProvider clock)
{
    public const string Kind = "stuck_chunks";
    const int MostAtOnce = 1000;
    static readonly TimeSpan Late = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Stuck = TimeSpan.FromMinutes(30);

    /// <summary>Events may have been received this long before their chunk was sealed: by a collector without room or clock.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var late = await db.Chunks.AsNoTracking().Where(c => c.FinishedAt == null && c.SealedAt < now - Late)
            .OrderBy(c => c.SealedAt).Take(MostAtOnce).ToListAsync(cancel);
        await EndAsync(db, late, cancel);
        var stuck = late.Where(c => c.SealedAt < now - Stuck).ToList();
        await alerts.SetAsync(Kind, stuck.Count == 0 ? [] : [Problem(stuck)], DateTime.MinValue, cancel);
    }

    async Task EndAsync(SystemDb db, List<ChunkState> late, CancellationToken cancel)
    {
        if (late.Count == 0) return;
        var ids = late.Select(c => c.CorrelationId).ToList();
        var failed = await db.FailedChunks.Where(f => ids.Contains(f.ChunkId) && f.ReplayedAt == null).ToDictionaryAsync(f => f.ChunkId, f => f.Error, cancel);
        var stored = await ledger.SettledAsync(ids, late[0].SealedAt!.Value - LongestWait, cancel);
        foreach (var chunk in late)
            if (stored.Contains(chunk.CorrelationId))
                await bus.Publish(new ChunkStored(chunk.CorrelationId, chunk.Partition, clock.GetUtcNow().UtcDateTime, []), cancel);
            else if (failed.TryGetValue(chunk.CorrelationId, out var error))
                await bus.Publish(new ChunkFailed(chunk.CorrelationId, chunk.Partition, error), cancel);
    }

    static OperatorProblem Problem(List<ChunkState> stuck) => new(null, stuck[0].SealedAt!.Value,
        $"{stuck.Count}{(stuck.Count >= MostAtOnce ? " or more" : "")} chunks with {stuck.Sum(c => c.Events)} events were sealed long ago and are neither stored nor quarantined, "
        + $"the oldest {stuck[0].CorrelationId} of collector {stuck[0].CollectorId}, partition {stuck[0].Partition}.");
}
