using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>All open chunks, and for each partition the order in which they are published.</summary>
sealed class OpenChunks(IOptions<IngestionSettings> options)
{
    readonly ConcurrentDictionary<Guid, OpenChunk> chunks = new();
    readonly ConcurrentDictionary<int, ChunkLane> lanes = new();
    readonly Channel<int> newLanes = Channel.CreateUnbounded<int>();
    long bytesHeld;

    public TimeSpan RepeatAfter => TimeSpan.FromSeconds(options.Value.RepeatAfterSeconds);

    public ICollection<OpenChunk> All => chunks.Values;

    /// <summary>Partitions as their first chunk appears.</summary>
    public ChannelReader<int> NewLanes => newLanes.Reader;

    public OpenChunk? Find(Guid id) => chunks.GetValueOrDefault(id);

    public void Add(OpenChunk chunk, byte[] payload)
    {
        if (!chunks.TryAdd(chunk.Id, chunk)) return;
        if (Interlocked.Add(ref bytesHeld, payload.Length) <= options.Value.BacklogMemoryBytes) chunk.Payload = payload;
        else Interlocked.Add(ref bytesHeld, -payload.Length);
        Enqueue(chunk);
    }

    /// <summary>Puts the chunk at the end of its partition's lane, unless it waits there already.</summary>
    public void Enqueue(OpenChunk chunk)
    {
        lock (chunk)
        {
            if (chunk.Waiting || chunk.Finished) return;
            chunk.Waiting = true;
            Lane(chunk.Partition).NotInFlight(chunk);
        }
        Lane(chunk.Partition).Waiting.Writer.TryWrite(chunk);
    }

    /// <summary>The broker has it: the payload is not needed in memory any more.</summary>
    public void Published(OpenChunk chunk, long now)
    {
        lock (chunk)
        {
            chunk.Waiting = false;
            if (!chunk.Finished) Lane(chunk.Partition).InFlight(chunk, now);
            Release(chunk);
        }
        Lane(chunk.Partition).Confirm(chunk.To);
    }

    public void Finish(Guid id)
    {
        if (!chunks.TryRemove(id, out var chunk)) return;
        lock (chunk)
        {
            chunk.Finished = true;
            Lane(chunk.Partition).NotInFlight(chunk);
            Release(chunk);
        }
    }

    public ChunkLane Lane(int partition) => lanes.GetOrAdd(partition, p =>
    {
        newLanes.Writer.TryWrite(p);
        return new ChunkLane();
    });

    void Release(OpenChunk chunk)
    {
        if (chunk.Payload is { } payload) Interlocked.Add(ref bytesHeld, -payload.Length);
        chunk.Payload = null;
    }
}
