using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>What every partition works with.</summary>
public sealed record PartitionParts(
    ChunkProcessor Processor, PartitionMemory Memory, ChunkWriter Writer, SiteCatalog Sites, TimeProvider Clock);

/// <summary>One leased partition: its state and the chunks it takes, one at a time.</summary>
public sealed class OwnedPartition(Lease lease, PartitionParts parts) : IDisposable
{
    /// <summary>The chunk at hand may take this long to finish when the partition is given up.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource left = new();
    readonly SemaphoreSlim gate = new(1);
    StoredChunks? stored;
    PartitionState? state;
    ulong sequence;

    public Lease Lease => lease;

    /// <summary>Chunks brought user agents that were not read; true at first, as those of an owner before may have.</summary>
    public bool MayHaveUnreadAgents { get; set; } = true;

    /// <summary>Fires some seconds after the partition was given up.</summary>
    public CancellationToken Left => left.Token;

    public void Leave() => left.CancelAfter(Grace);

    public void Dispose()
    {
        left.Dispose();
        gate.Dispose();
    }

    /// <summary>Stores a chunk. Outages are waited for; what it throws is the chunk's own fault, or the cancellation.</summary>
    /// <param name="chunkId">The chunk.</param>
    /// <param name="payload">Its content.</param>
    /// <param name="mayBeStored">True when it was delivered or tried before.</param>
    /// <param name="cancel">Gives up; the chunk must come again.</param>
    /// <exception cref="InvalidDataException">The payload is damaged.</exception>
    public async Task<ChunkResult> StoreAsync(Guid chunkId, byte[] payload, bool mayBeStored, CancellationToken cancel)
    {
        var events = ChunkPayload.Read(payload);
        // From the first chunk on, not from the lease: until then an owner that has lost it may still have been storing.
        stored ??= new StoredChunks(parts.Clock.GetUtcNow());
        var mayHold = mayBeStored || stored.MayHold(chunkId);
        stored.Remember(chunkId);
        await parts.Sites.KnowAsync(events.Select(e => e.SiteId), cancel);
        return await WithStateAsync(async (known, version) =>
        {
            var back = mayHold ? await parts.Memory.ReadBackAsync(chunkId, events, stored.IsComplete(chunkId), cancel) : null;
            var current = state = known ?? await parts.Memory.RestoreAsync(lease.Partition, AsOf(events), cancel);
            await parts.Memory.PrepareAsync(current, events, back, cancel);
            var result = parts.Processor.Process(chunkId, events, current, parts.Sites.Rules, version, back);
            await parts.Writer.WriteAsync(chunkId, result, AsOf(events), cancel);
            stored.Complete(chunkId);
            MayHaveUnreadAgents |= result.Events.Any(e => e.UserAgent.Length > 0);
            return result;
        }, cancel);
    }

    /// <summary>Uses the state alone. It must hold what the store holds when <paramref name="use"/> ends.</summary>
    /// <param name="use">Gets the state, null where it is not filled yet, and the first of two versions for snapshots.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<T> WithStateAsync<T>(Func<PartitionState?, ulong, Task<T>> use, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            sequence += 2;
            return await use(state, Version - 1);
        }
        catch
        {
            // It may hold events that the store does not.
            state = null;
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    DateTime AsOf(List<ChunkEvent> events) =>
        events.Count == 0 ? parts.Clock.GetUtcNow().UtcDateTime : events.Min(e => e.ReceivedAt);

    /// <summary>A later owner has a greater epoch: its snapshots win over those of one that has not noticed yet.</summary>
    ulong Version => ((ulong)lease.Epoch << 40) | sequence;
}
