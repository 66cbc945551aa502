namespace SaaS.Analytics.Ingestion;

/// <summary>
/// When a chunk is sealed: full, old, or nothing more comes. Each chunk costs the same some dozen small writes however few
/// events are in it, so that a trickle of events is let gather a little longer.
/// </summary>
static class ChunkLimits
{
    public const int Events = 5000;
    public const int CompressedBytes = 1024 * 1024;

    /// <summary>Events shrink at least fourfold; where they do not, sealing halves the chunk.</summary>
    public const int RawBytes = 4 * CompressedBytes;
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    /// <summary>Fewer events than this in <see cref="Age"/> are a trickle: their chunk may grow twice as old.</summary>
    const int Trickle = 50;

    /// <param name="pending">Of a partition.</param>
    /// <param name="sealedAt">
    /// Timestamp of the last seal of any partition, 0 before the first. Silence ends a chunk only some time after it: a trickle
    /// over many sites would else be as many chunks as events.
    /// </param>
    /// <param name="time">The clock.</param>
    public static bool IsDue(PendingPartition pending, long sealedAt, TimeProvider time) =>
        !pending.IsEmpty
        && (pending.Events >= Events || pending.EventBytes >= RawBytes
            || time.GetElapsedTime(pending.FirstAt) >= (pending.Events < Trickle ? 2 * Age : Age)
            || (time.GetElapsedTime(pending.LastAt) >= Silence && (sealedAt == 0 || time.GetElapsedTime(sealedAt) >= 2 * Age)));

    /// <summary>How many of the oldest events fit into one chunk.</summary>
    public static int Take(List<PendingEvent> events)
    {
        var take = Math.Min(events.Count, Events);
        while (take > 1 && events[take - 1].Offset + events[take - 1].Length > RawBytes) take--;
        return take;
    }
}
