using MassTransit;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Asks how the published chunks stand, and publishes again what nobody has finished for long.</summary>
sealed class ChunkQuestions(IBus bus, OpenChunks chunks, CollectorName collector, TimeProvider time, ILogger<ChunkQuestions> log)
{
    const int MostAtOnce = 1000;
    const int MostDoublings = 6;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task AskAsync(CancellationToken cancel)
    {
        var open = chunks.All.ToArray();
        foreach (var chunk in open.Where(IsOverdue)) Repeat(chunk);
        try
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limited.CancelAfter(Patience);
            foreach (var some in open.Select(c => c.Id).Chunk(MostAtOnce))
                await bus.Publish(new ChunksAsked(collector.Id, some), limited.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "The broker could not be asked how {Count} chunks stand; asking again in a minute.", open.Length);
        }
    }

    /// <summary>Each time twice as long, up to 64 times: what waits behind an outage of the store must not pile up in the broker.</summary>
    bool IsOverdue(OpenChunk chunk) =>
        chunk.PublishedAt is { } at && time.GetElapsedTime(at) > chunks.RepeatAfter * (1 << Math.Min(chunk.Repeats, MostDoublings));

    void Repeat(OpenChunk chunk)
    {
        chunk.Repeats++;
        chunks.Enqueue(chunk);
    }
}
