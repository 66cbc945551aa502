using System.Threading.Channels;

namespace SaaS.Analytics.Ingestion;

/// <summary>One partition's chunks on their way to the broker, in order.</summary>
sealed class ChunkLane
{
    /// <summary>So that a queue in memory, or a worker that has much to catch up, is not flooded; the spool holds the rest.</summary>
    const int MaxInFlight = 64;
    readonly Lock gate = new();
    readonly PriorityQueue<TaskCompletionSource, SpoolPosition> waiters = new();
    SpoolPosition confirmed;
    /// <summary>Requests that wait for the broker at once, of one partition.</summary>
    const int MaxWaiters = 10_000;
    int inFlight;

    public Channel<OpenChunk> Waiting { get; } = Channel.CreateUnbounded<OpenChunk>();

    public bool IsFull => Volatile.Read(ref inFlight) >= MaxInFlight;

    public void InFlight(OpenChunk chunk, long now)
    {
        if (chunk.PublishedAt is null) Interlocked.Increment(ref inFlight);
        chunk.PublishedAt = now;
    }

    /// <summary>Completes once the broker has confirmed the chunk in which a record is: chunks go in the order of their records.</summary>
    /// <exception cref="SpoolUnavailableException">The broker is too slow, or away.</exception>
    public Task ConfirmedAsync(SpoolPosition record)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (record <= confirmed) return Task.CompletedTask;
            if (waiters.Count >= MaxWaiters) throw new SpoolUnavailableException("Too many requests wait for the broker.");
            waiters.Enqueue(waiter, record);
        }
        return waiter.Task;
    }

    public void Confirm(SpoolPosition through)
    {
        lock (gate)
        {
            if (through > confirmed) confirmed = through;
            while (waiters.TryPeek(out var waiter, out var record) && record <= confirmed)
            {
                waiters.Dequeue();
                waiter.SetResult();
            }
        }
    }

    public void NotInFlight(OpenChunk chunk)
    {
        if (chunk.PublishedAt is not null) Interlocked.Decrement(ref inFlight);
        chunk.PublishedAt = null;
    }
}
