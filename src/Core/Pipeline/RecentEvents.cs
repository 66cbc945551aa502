namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Event ids received in the last 10 minutes of the partition's clock. What is older is looked for in the store, and only
/// when suspected. At thousands of events a second these are millions: an entry is kept small, chunks by a number.
/// </summary>
sealed class RecentEvents
{
    static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>A quarter: what memory grows by, and below how much use it is given back when events are forgotten.</summary>
    const int Slack = 4;

    readonly Dictionary<EventKey, Place> seen = [];
    readonly Dictionary<Guid, (int Number, DateTime Newest)> chunks = [];
    int lastChunk;
    DateTime minute = DateTime.MinValue;

    /// <summary>Every stored event received since then (UTC) is known here; of those before it, only some.</summary>
    public DateTime CompleteSince { get; private set; } = DateTime.MinValue;

    /// <summary>The same id at the same place of the same chunk is the event itself, delivered again.</summary>
    public bool IsDuplicate(int siteId, Guid eventId, Guid chunkId, int index) =>
        seen.TryGetValue(new EventKey(eventId, siteId), out var first)
        && (first.Index != index || !chunks.TryGetValue(chunkId, out var chunk) || first.Chunk != chunk.Number);

    public void Remember(in SeenEvent e)
    {
        var key = new EventKey(e.EventId, e.SiteId);
        if (seen.ContainsKey(key))
            return;
        Advance(e.ReceivedAt);
        // By a quarter, not by doubling: half of so much memory must not lie empty.
        if (seen.Count == seen.Capacity)
            seen.EnsureCapacity(seen.Count + seen.Count / Slack + 1);
        seen.Add(key, new Place(Number(e.ChunkId), (ushort)e.ChunkIndex, MinuteOf(minute)));
    }

    /// <summary>Nothing received before is known but what was put back.</summary>
    public void BeginAt(DateTime since) => CompleteSince = since > CompleteSince ? since : CompleteSince;

    /// <summary>Moves the window on, and forgets what falls out of it.</summary>
    public void Advance(DateTime now)
    {
        if (now < minute + Grain)
            return;
        minute = new DateTime(now.Ticks - now.Ticks % Grain.Ticks, DateTimeKind.Utc);
        if (seen.Count > 0)
            ForgetBefore(minute - Window);
    }

    /// <summary>Looks at everything: once a minute.</summary>
    void ForgetBefore(DateTime oldest)
    {
        var newestForgotten = DateTime.MinValue;
        foreach (var (key, place) in seen)
        {
            var at = TimeOf(place.Minute);
            if (at >= oldest)
                continue;
            seen.Remove(key);
            newestForgotten = at > newestForgotten ? at : newestForgotten;
        }
        foreach (var (id, chunk) in chunks)
            if (chunk.Newest < oldest)
                chunks.Remove(id);
        if (newestForgotten > DateTime.MinValue)
            BeginAt(newestForgotten + Grain);
        if (seen.Count < seen.Capacity / Slack)
            seen.TrimExcess();
    }

    int Number(Guid chunkId)
    {
        var number = chunks.TryGetValue(chunkId, out var known) ? known.Number : ++lastChunk;
        chunks[chunkId] = (number, minute);
        return number;
    }

    /// <summary>Minutes of six weeks in 16 bits, those around <see cref="minute"/>.</summary>
    static ushort MinuteOf(DateTime time) => unchecked((ushort)(time.Ticks / Grain.Ticks));

    DateTime TimeOf(ushort number) => minute - Grain * unchecked((ushort)(MinuteOf(minute) - number));

    readonly record struct EventKey(Guid Id, int SiteId);

    readonly record struct Place(int Chunk, ushort Index, ushort Minute);
}
