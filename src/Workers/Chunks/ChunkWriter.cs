using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Writes what a chunk became: first its events, the truth, then what is derived from them.</summary>
public sealed class ChunkWriter(AnalyticStore store, Patience patience)
{
    public async Task WriteAsync(Guid chunkId, ChunkResult chunk, CancellationToken cancel)
    {
        await patience.UntilThereAsync(c => store.Events.InsertAsync(chunk.Events, chunkId.ToString(), c), cancel);
        await Task.WhenAll(
            patience.UntilThereAsync(c => store.Visits.InsertAsync(chunk.Visits, c), cancel),
            patience.UntilThereAsync(c => store.Visitors.InsertAsync(chunk.Visitors, c), cancel),
            patience.UntilThereAsync(c => store.Ledger.InsertAsync(chunk.Ledger, c), cancel));
    }
}
