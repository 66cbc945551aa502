namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Which chunks may be in the store already. One sealed after this worker took the partition can only have been stored by
/// itself; asking the store is left out for those it has not had in hand.
/// </summary>
sealed class StoredChunks(DateTimeOffset takenAt)
{
    const int Remembered = 20_000;

    /// <summary>Collectors' clocks may be off by this much.</summary>
    static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(2);

    readonly HashSet<Guid> known = [];
    readonly HashSet<Guid> complete = [];
    readonly Queue<Guid> order = [];
    DateTimeOffset floor = takenAt + ClockMargin;

    public bool MayHold(Guid chunkId) => known.Contains(chunkId) || SealedAt(chunkId) < floor;

    /// <summary>This worker has written all that became of it.</summary>
    public bool IsComplete(Guid chunkId) => complete.Contains(chunkId);

    public void Complete(Guid chunkId) => complete.Add(chunkId);

    public void Remember(Guid chunkId)
    {
        if (!known.Add(chunkId)) return;
        order.Enqueue(chunkId);
        if (order.Count <= Remembered) return;
        var forgotten = order.Dequeue();
        known.Remove(forgotten);
        complete.Remove(forgotten);
        var after = SealedAt(forgotten) + ClockMargin;
        floor = after > floor ? after : floor;
    }

    /// <summary>The time in a UUIDv7.</summary>
    static DateTimeOffset SealedAt(Guid chunkId)
    {
        Span<byte> bytes = stackalloc byte[16];
        chunkId.TryWriteBytes(bytes, bigEndian: true, out _);
        var ms = ((long)bytes[0] << 40) | ((long)bytes[1] << 32) | ((long)bytes[2] << 24) | ((long)bytes[3] << 16) | ((long)bytes[4] << 8) | bytes[5];
        return chunkId.Version == 7 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : DateTimeOffset.MinValue;
    }
}
