using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Keeps one chunk that kills its process from taking others with it. What was delivered too often comes here as a suspect:
/// any chunk under way when a process dies is delivered again, so each suspect is tried once more, alone in its process, and
/// only if that dies too it is put away as failed.
/// </summary>
public sealed class GuardedIntake(ChunkIntake intake, ChunkGate gate, ChunkTrials trials, Quarantine quarantine)
{
    const string Deadly = "Workers died with this chunk under way, at last with no other beside it.";

    /// <summary>Beside those of other partitions.</summary>
    public async Task TakeAsync(OwnedPartition partition, ConsumeContext<StoreChunk> context)
    {
        var chunk = context.Message;
        if (context.ReceiveContext.Redelivered && await quarantine.HoldsAsync(chunk.ChunkId, context.CancellationToken))
        {
            // A copy of one that is put away: its collector repeats a chunk until it hears what became of it.
            await context.Publish(new ChunkFailed(chunk.ChunkId, chunk.Partition, Deadly), context.CancellationToken);
            return;
        }
        using (await gate.EnterAsync(context.CancellationToken)) await intake.TakeAsync(partition, context);
    }

    /// <summary>A suspect, alone.</summary>
    public async Task TakeAloneAsync(OwnedPartition partition, ConsumeContext<StoreChunk> context)
    {
        var (chunk, cancel) = (context.Message, context.CancellationToken);
        using var alone = await gate.EnterAloneAsync(cancel);
        if (await trials.BeginAsync(chunk.ChunkId, cancel) is not { } trial)
        {
            await quarantine.PutAsync(context, Deadly, cancel);
            await trials.ForgetAsync(chunk.ChunkId, cancel);
            return;
        }
        await using (trial) await intake.TakeAsync(partition, context);
    }
}
