namespace SaaS.Analytics.Ingestion;

/// <summary>When a chunk is sealed: full, old, or nothing more comes.</summary>
static class ChunkLimits
{
    public const int Events = 5000;
    public const int CompressedBytes = 1024 * 1024;

    /// <summary>Events shrink at least fourfold; where they do not, sealing halves the chunk.</summary>
    public const int RawBytes = 4 * CompressedBytes;
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    public static bool IsDue(PendingPartition pending, TimeProvider time) =>
        !pending.IsEmpty
        && (pending.Events >= Events || pending.EventBytes >= RawBytes
            || time.GetElapsedTime(pending.FirstAt) >= Age || time.GetElapsedTime(pending.LastAt) >= Silence);

    /// <summary>How many of the oldest events fit into one chunk.</summary>
    public static int Take(List<PendingEvent> events)
    {
        var take = Math.Min(events.Count, Events);
        while (take > 1 && events[take - 1].Offset + events[take - 1].Length > RawBytes) take--;
        return take;
    }
}
