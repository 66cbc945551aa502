using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Traffic.History;

/// <summary>Writes what a chunk of history became; of its events only those that are not stored yet.</summary>
sealed class HistoryWriter(AnalyticStore store, ILookup<Guid, int> stored)
{
    const string Received = "received";

    public async Task WriteAsync(Guid chunk, ChunkResult result, CancellationToken cancel)
    {
        var there = stored[chunk].ToHashSet();
        var missing = there.Count == 0 ? result.Events : [.. result.Events.Where(e => !there.Contains(e.ChunkIndex))];
        await Task.WhenAll(
            store.Events.InsertAsync(missing, chunk.ToString(), cancel),
            store.Visits.InsertAsync(result.Visits, cancel),
            store.Visitors.InsertAsync(result.Visitors, cancel),
            store.Ledger.InsertAsync([.. result.Ledger, .. Receipts(result)], cancel));
    }

    /// <summary>The door's side of the ledger, which a collector would have counted.</summary>
    static IEnumerable<LedgerRow> Receipts(ChunkResult result) => result.Ledger
        .GroupBy(l => (l.SiteId, l.Minute, l.ChunkId))
        .Select(g => new LedgerRow(g.Key.SiteId, g.Key.Minute, g.Key.ChunkId, Received, "", g.Sum(l => l.Events)));
}
