using System.Text.Json;
using MassTransit;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Alerts;
using SaaS.Analytics.Workers.Live;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Takes one chunk through: stored and told, or put away as failed and told. Returning acknowledges it.</summary>
public sealed partial class ChunkIntake(
    Quarantine quarantine, FirstEvents firstEvents, LiveBoard live, TimeProvider clock, ILogger<ChunkIntake> log)
{
    /// <summary>Tries before a chunk counts as its own fault.</summary>
    const int Tries = 3;

    public async Task TakeAsync(OwnedPartition partition, ConsumeContext<StoreChunk> context)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, partition.Left);
        // Told outside of the tries: a broker that does not take the news is no fault of a chunk that is stored.
        if (await StoreAsync(partition, context, both.Token) is { } stored) await context.Publish(stored, both.Token);
    }

    /// <returns>Null when the chunk was put away as failed.</returns>
    async Task<ChunkStored?> StoreAsync(OwnedPartition partition, ConsumeContext<StoreChunk> context, CancellationToken cancel)
    {
        var chunk = context.Message;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var mayBeStored = attempt > 1 || context.ReceiveContext.Redelivered || chunk.Repeated;
                var result = await partition.StoreAsync(chunk.ChunkId, chunk.Payload, mayBeStored, cancel);
                await quarantine.KeepAsync(chunk, result.Faults, cancel);
                return Told(result, chunk);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                Failed(log, e, chunk.ChunkId, attempt);
                if (attempt < Tries) continue;
                await quarantine.PutAsync(context, e.ToString(), cancel);
                return null;
            }
        }
    }

    ChunkStored Told(ChunkResult result, StoreChunk chunk)
    {
        foreach (var fault in result.Faults) Undigested(log, fault.Error, fault.Index, chunk.ChunkId, fault.Step);
        firstEvents.Saw(result.Events);
        live.Saw(result.Events);
        return new ChunkStored(chunk.ChunkId, chunk.Partition, clock.GetUtcNow().UtcDateTime, result.Sites)
        {
            Effects = result.Alerts.Count == 0 ? [] : [new ChunkEffects(AlertsChannel.Name, JsonSerializer.Serialize(result.Alerts))],
        };
    }

    [LoggerMessage(LogLevel.Error, "Chunk {ChunkId} failed, try {Attempt}")]
    static partial void Failed(ILogger log, Exception error, Guid chunkId, int attempt);

    [LoggerMessage(LogLevel.Error, "Event {Index} of chunk {ChunkId} could not be digested by {Step}")]
    static partial void Undigested(ILogger log, Exception error, int index, Guid chunkId, string step);
}
