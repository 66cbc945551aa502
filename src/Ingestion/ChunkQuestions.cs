using MassTransit;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Asks how the published chunks stand, and publishes again what nobody has finished for long.</summary>
sealed class ChunkQuestions(IBus bus, OpenChunks chunks, CollectorName collector, TimeProvider time, ILogger<ChunkQuestions> log)
{
    const int MostAtOnce = 1000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongInFlight = TimeSpan.FromMinutes(5);

    public async Task AskAsync(CancellationToken cancel)
    {
        var open = chunks.All.ToArray();
        foreach (var chunk in open.Where(c => c.PublishedAt is { } at && time.GetElapsedTime(at) > LongInFlight)) chunks.Enqueue(chunk);
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
}
