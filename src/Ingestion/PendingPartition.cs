using System.Buffers;
using MemoryPack;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>The records of one partition that are in no chunk yet, in the order of the spool.</summary>
sealed class PendingPartition(int number)
{
    readonly List<PendingEvent> events = [];
    readonly List<PendingDrop> drops = [];
    ArrayBufferWriter<byte> bytes = new(64 * 1024);
    int droppedEvents;

    public int Number => number;

    /// <summary>Set while a seal record is on its way to the disk.</summary>
    public Task? Sealing { get; set; }
    public long FirstAt { get; private set; }
    public long LastAt { get; private set; }
    public int Events => events.Count;
    public int EventBytes => bytes.WrittenCount;
    public bool IsEmpty => events.Count == 0 && drops.Count == 0;

    public SpoolPosition First => new(Math.Min(
        events.Count > 0 ? events[0].Position.Value : long.MaxValue,
        drops.Count > 0 ? drops[0].Position.Value : long.MaxValue));

    /// <param name="at">Where the record is.</param>
    /// <param name="record">An event or a drop.</param>
    /// <param name="now">Timestamp of the clock, for the age.</param>
    public void Add(SpoolPosition at, in SpoolRecord record, long now)
    {
        if (IsEmpty) FirstAt = now;
        LastAt = now;
        var received = DateTimeOffset.FromUnixTimeMilliseconds(record.ReceivedAt).UtcDateTime;
        if (record.Kind == RecordKind.Drop)
        {
            drops.Add(new PendingDrop(at, record.SiteId, received, Bounded(MemoryPackSerializer.Deserialize<DropRecord>(record.Payload.Span)!)));
            return;
        }
        events.Add(new PendingEvent(at, record.SiteId, received, bytes.WrittenCount, record.Payload.Length));
        bytes.Write(record.Payload.Span);
    }

    /// <summary>Makes a chunk of the oldest records; they stay here until the seal record is durable.</summary>
    public SealedChunk Seal(DateTime now)
    {
        for (var take = ChunkLimits.Take(events); ; take /= 2)
        {
            var to = Through(take);
            var payload = ChunkPayload.Write([.. events.Take(take).Select(e => (e.SiteId, e.ReceivedAt, bytes.WrittenMemory.Slice(e.Offset, e.Length)))]);
            if (payload.Length > ChunkLimits.CompressedBytes && take > 1) continue;
            var dropped = drops.Where(d => d.Position <= to).ToList();
            var counts = ReceiptCounts.Of(events.Take(take), dropped);
            return new SealedChunk
            {
                ChunkId = Guid.CreateVersion7(now), Count = take, SealedAt = now, From = First.Value, To = to.Value,
                Counts = counts, Payload = payload, Dropped = DroppedContent.Of(dropped),
            };
        }
    }

    /// <summary>
    /// Forgets what a durable seal record covers. What a replay finds before it belonged to a seal that is damaged now, and
    /// stays to be sealed again.
    /// </summary>
    public void Remove(SpoolPosition from, SpoolPosition to, long now)
    {
        drops.RemoveAll(d => d.Position >= from && d.Position <= to);
        var rest = events.FindAll(e => e.Position < from || e.Position > to);
        var old = bytes;
        bytes = new ArrayBufferWriter<byte>(64 * 1024);
        events.Clear();
        foreach (var e in rest)
        {
            events.Add(e with { Offset = bytes.WrittenCount });
            bytes.Write(old.WrittenSpan.Slice(e.Offset, e.Length));
        }
        FirstAt = now;
    }

    /// <summary>Without its events once there are many: the count is what matters.</summary>
    DropRecord Bounded(DropRecord drop)
    {
        if (drop.Events is null) return drop;
        if (droppedEvents >= DroppedContent.MostEvents) return drop with { Events = null };
        droppedEvents += drop.Events.Length;
        return drop;
    }

    /// <summary>Position of the last record that goes with the first <paramref name="take"/> events.</summary>
    SpoolPosition Through(int take)
    {
        if (take < events.Count) return events[take - 1].Position;
        var last = events.Count > 0 ? events[^1].Position : default;
        return drops.Count > 0 && drops[^1].Position > last ? drops[^1].Position : last;
    }
}

readonly record struct PendingEvent(SpoolPosition Position, int SiteId, DateTime ReceivedAt, int Offset, int Length);

readonly record struct PendingDrop(SpoolPosition Position, int SiteId, DateTime ReceivedAt, DropRecord Drop);
