using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Hands a chunk over, or puts it away. Where the workers share this process a chunk can kill the collector too: each
/// attempt is noted in the spool first, and what five processes in a row did not survive is not tried a sixth time.
/// </summary>
sealed class ChunkDelivery(ChunkHandOver handOver, ChunkQuarantine quarantine, Spool spool, IOptions<BrokerSettings> broker)
{
    const int MaxDeaths = 5;

    /// <summary>A suspect is alone on its way, so that no other chunk is blamed for what it does.</summary>
    public static bool GoesAlone(OpenChunk chunk) => chunk is { Deaths: > 0, PublishedAt: not null, Finished: false };

    public async Task RunAsync(OpenChunk chunk, CancellationToken cancel)
    {
        if (chunk.Deaths >= MaxDeaths)
        {
            await quarantine.RunAsync(chunk, $"{chunk.Deaths} processes died with this chunk under way.", cancel);
            return;
        }
        if (broker.Value.InMemory && !chunk.Attempted)
        {
            chunk.Attempted = true;
            await spool.NoteAsync(RecordKind.Attempt, chunk);
        }
        try
        {
            await handOver.RunAsync(chunk, cancel);
        }
        catch (DamagedChunkException e)
        {
            // Those behind it must not wait for what will never be readable again.
            await quarantine.RunAsync(chunk, e.Message, cancel);
        }
    }
}
