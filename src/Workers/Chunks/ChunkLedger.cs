using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Brings into the ledger what only the chunks' sagas know: events received, those dropped at the door, and the dead. Works
/// from the rows and not from messages, so that nothing is left out when a process dies, and what comes last is what holds.
/// </summary>
public sealed class ChunkLedger(IDbContextFactory<SystemDb> databases, SnapshotWriter snapshots)
{
    const int MostAtOnce = 2000;

    /// <summary>Does the chunks that wait longest.</summary>
    /// <returns>True when there are more.</returns>
    public async Task<bool> WriteAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var chunks = await db.Chunks.AsNoTracking().Where(c => c.Uncounted).OrderBy(c => c.SealedAt).Take(MostAtOnce).ToListAsync(cancel);
        if (chunks.Count == 0) return false;
        await snapshots.WriteAsync(Snapshots.Of([.. chunks.SelectMany(Rows)]), urgent: false, cancel);
        Guid[] ids = [.. chunks.Select(c => c.CorrelationId)];
        bool[] dead = [.. chunks.Select(IsDead)];
        await db.Database.ExecuteSqlAsync($"""
            UPDATE pipeline.chunks SET uncounted = (current_state = {nameof(ChunkSaga.Quarantined)}) <> written.dead
            FROM unnest({ids}, {dead}) AS written (id, dead) WHERE correlation_id = written.id
            """, cancel);
        return chunks.Count == MostAtOnce;
    }

    static bool IsDead(ChunkState chunk) => chunk.CurrentState == nameof(ChunkSaga.Quarantined);

    static IEnumerable<LedgerRow> Rows(ChunkState chunk) =>
        JsonSerializer.Deserialize<List<ReceiptCount>>(chunk.Counts)!.SelectMany(count => Rows(chunk, count));

    static IEnumerable<LedgerRow> Rows(ChunkState chunk, ReceiptCount count)
    {
        LedgerRow Row(string outcome, string reason, int events) => new(count.SiteId, count.Minute, chunk.CorrelationId, outcome, reason, events);
        yield return Row(Outcomes.Received, "", count.Received);
        foreach (var drop in count.Dropped) yield return Row(drop.Outcome, drop.Reason, drop.Count);
        if (chunk.WasDead) yield return Row(Outcomes.Dead, "", IsDead(chunk) ? count.Received - count.Dropped.Sum(d => d.Count) : 0);
    }
}
