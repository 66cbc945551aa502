using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Repairs;
using SaaS.Analytics.Workers.Rollups;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Writes what a chunk became: what must be repaired later, its events, the truth, then what is derived from them.</summary>
public sealed class ChunkWriter(
    AnalyticStore store, SnapshotWriter snapshots, Marks marks, Patience patience, TimeProvider clock)
{
    /// <summary>
    /// From so many events on, or with events this old, there is a load: nothing is waited for. Below it collectors seal a
    /// partition's chunks two seconds apart, so that the wait for the next snapshots holds up no other chunk.
    /// </summary>
    const int Many = 50;
    static readonly TimeSpan Old = TimeSpan.FromSeconds(3);

    /// <param name="chunkId">The chunk.</param>
    /// <param name="chunk">What it became.</param>
    /// <param name="received">Receipt (UTC) of its first event.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task WriteAsync(Guid chunkId, ChunkResult chunk, DateTime received, CancellationToken cancel)
    {
        if (chunk.Repairs.Count > 0) await patience.UntilThereAsync(c => marks.Repairs.RecordAsync(chunk.Repairs, c), cancel);
        await patience.UntilThereAsync(c => InsertAsync(chunkId, chunk.Events, c), cancel);
        var urgent = chunk.Events.Count >= Many || clock.GetUtcNow().UtcDateTime - received > Old;
        await snapshots.WriteAsync(Snapshots.Of(chunk), urgent, cancel);
    }

    /// <summary>Marked anew at each try: one that waits for the store may come after a build that began in between.</summary>
    async Task InsertAsync(Guid chunkId, IReadOnlyList<EventRow> events, CancellationToken cancel)
    {
        await marks.Dirty.MarkAsync(events, cancel);
        await store.Events.InsertAsync(events, chunkId.ToString(), cancel);
    }
}

/// <summary>What is noted in PostgreSQL before events are stored.</summary>
public sealed record Marks(RepairQueue Repairs, DirtyMarks Dirty);
