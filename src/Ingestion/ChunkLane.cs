using System.Threading.Channels;

namespace SaaS.Analytics.Ingestion;

/// <summary>One partition's chunks on their way to the broker, in order.</summary>
sealed class ChunkLane
{
    /// <summary>So that a queue in memory, or a worker that has much to catch up, is not flooded; the spool holds the rest.</summary>
    const int MaxInFlight = 64;
    int inFlight;

    public Channel<OpenChunk> Waiting { get; } = Channel.CreateUnbounded<OpenChunk>();

    public bool IsFull => Volatile.Read(ref inFlight) >= MaxInFlight;

    public void InFlight(OpenChunk chunk, long now)
    {
        if (chunk.PublishedAt is null) Interlocked.Increment(ref inFlight);
        chunk.PublishedAt = now;
    }

    public void NotInFlight(OpenChunk chunk)
    {
        if (chunk.PublishedAt is not null) Interlocked.Decrement(ref inFlight);
        chunk.PublishedAt = null;
    }
}
