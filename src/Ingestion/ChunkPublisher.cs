using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Hands chunks to the broker, each partition's in order, for as long as it takes: with the same ids, so that a time-out,
/// of which nobody knows whether it arrived, can simply be tried again.
/// </summary>
sealed class ChunkPublisher(
    OpenChunks chunks, ChunkDelivery delivery, IHostApplicationLifetime host, TimeProvider time, ILogger<ChunkPublisher> log)
    : BackgroundService
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lanes = new List<Task>();
        try
        {
            await host.StartedAsync(stoppingToken);
            await foreach (var partition in chunks.NewLanes.ReadAllAsync(stoppingToken))
                lanes.Add(PublishLaneAsync(partition, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(lanes);
        }
    }

    async Task PublishLaneAsync(int partition, CancellationToken cancel)
    {
        var lane = chunks.Lane(partition);
        try
        {
            await foreach (var chunk in lane.Waiting.Reader.ReadAllAsync(cancel))
            {
                while (lane.IsFull) await Task.Delay(FullPause, time, cancel);
                await PublishAsync(chunk, cancel);
                chunks.Published(chunk, time.GetTimestamp());
                while (ChunkDelivery.GoesAlone(chunk)) await Task.Delay(FullPause, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What is left stays in the spool for the next start.
        }
    }

    async Task PublishAsync(OpenChunk chunk, CancellationToken cancel)
    {
        for (var pause = FirstPause; !chunk.Finished; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await delivery.RunAsync(chunk, cancel);
                return;
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                // Whatever it was: the chunk is durable here and nowhere else yet, so giving up is no choice.
                log.LogWarning(e, "Chunk {Chunk} of partition {Partition} could not be handed over; again in {Pause}.", chunk.Id, chunk.Partition, pause);
            }
            await Task.Delay(pause, time, cancel);
        }
    }
}
