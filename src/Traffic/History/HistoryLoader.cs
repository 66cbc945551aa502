using System.Threading.Channels;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Traffic.History;

/// <summary>
/// Puts a history into the store by the pipeline's own code, past collector and broker. Every run makes the same chunks
/// and rows, so that a load cut short is made good by the next, and one too many changes nothing.
/// </summary>
public sealed class HistoryLoader(ChunkProcessor processor, AnalyticStore store)
{
    /// <summary>More than come in any history: a visitor forgotten would have to be looked up.</summary>
    const int Visitors = 4_000_000;

    /// <param name="trackingId">The site's public id: names the chunks.</param>
    /// <param name="site">The site.</param>
    /// <param name="plan">What to load.</param>
    /// <param name="progress">Told after each chunk.</param>
    /// <param name="cancel">Ends the load; a later one goes on.</param>
    /// <exception cref="InvalidOperationException">The pipeline could not digest an event.</exception>
    public async Task LoadAsync(
        string trackingId, SiteRules site, HistoryPlan plan, IProgress<LoadProgress>? progress, CancellationToken cancel)
    {
        var writer = new HistoryWriter(store, await StoredAsync(plan, cancel));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var results = Channel.CreateBounded<(Guid Chunk, ChunkResult Result)>(1);
        _ = Task.Run(() => MakeAsync(HistoryChunk.All(trackingId, plan), site, results.Writer, stop.Token), cancel);
        try
        {
            var events = 0;
            await foreach (var (chunk, result) in results.Reader.ReadAllAsync(cancel))
            {
                await writer.WriteAsync(chunk, result, cancel);
                progress?.Report(new(events += result.Events.Count, plan.Events));
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    /// <summary>Makes the next chunk while the last one is written; the reader of the channel is told of every failure.</summary>
    async Task MakeAsync(
        IEnumerable<HistoryChunk> chunks, SiteRules site, ChannelWriter<(Guid Chunk, ChunkResult Result)> results, CancellationToken cancel)
    {
        var state = new PartitionState(Visitors);
        try
        {
            foreach (var chunk in chunks)
            {
                var result = processor.Process(chunk.Id, chunk.Events, state, _ => site, chunk.Version);
                if (result.Faults is [var fault, ..])
                    throw new InvalidOperationException($"{fault.Step} could not digest the history.", fault.Error);
                await results.WriteAsync((chunk.Id, result), cancel);
            }
            results.Complete();
        }
        catch (Exception e)
        {
            results.Complete(e);
        }
    }

    /// <summary>What an earlier load has stored, by chunk.</summary>
    async Task<ILookup<Guid, int>> StoredAsync(HistoryPlan plan, CancellationToken cancel) =>
        (await store.Events.ReceivedSinceAsync([plan.SiteId], plan.From, cancel)).ToLookup(e => e.ChunkId, e => (int)e.ChunkIndex);
}
