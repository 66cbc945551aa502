namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Event ids received in the last 10 minutes of the partition's clock. What is older is looked for in the store, and only
/// when suspected.
/// </summary>
sealed class RecentEvents
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly Dictionary<(int, Guid), (Guid Chunk, int Index)> seen = [];
    readonly Queue<(DateTime Minute, List<(int, Guid)> Ids)> minutes = [];
    List<(int, Guid)> current = [];
    DateTime minute = DateTime.MinValue;

    /// <summary>Every stored event received since then (UTC) is known here; of those before it, only some.</summary>
    public DateTime CompleteSince { get; private set; } = DateTime.MinValue;

    /// <summary>The same id at the same place of the same chunk is the event itself, delivered again.</summary>
    public bool IsDuplicate(int siteId, Guid eventId, Guid chunkId, int index) =>
        seen.TryGetValue((siteId, eventId), out var first) && first != (chunkId, index);

    public void Remember(in SeenEvent e)
    {
        if (!seen.TryAdd((e.SiteId, e.EventId), (e.ChunkId, e.ChunkIndex)))
            return;
        Advance(e.ReceivedAt);
        current.Add((e.SiteId, e.EventId));
    }

    /// <summary>Nothing received before is known but what was put back.</summary>
    public void BeginAt(DateTime since) => CompleteSince = since > CompleteSince ? since : CompleteSince;

    /// <summary>Moves the window on, and forgets what falls out of it.</summary>
    public void Advance(DateTime now)
    {
        if (now < minute + TimeSpan.FromMinutes(1))
            return;
        minute = new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
        minutes.Enqueue((minute, current = []));
        while (minutes.Peek().Minute + TimeSpan.FromMinutes(1) + Window < now)
            Forget(minutes.Dequeue());
    }

    void Forget((DateTime Minute, List<(int, Guid)> Ids) past)
    {
        foreach (var id in past.Ids)
            seen.Remove(id);
        BeginAt(past.Minute + TimeSpan.FromMinutes(1));
    }
}
