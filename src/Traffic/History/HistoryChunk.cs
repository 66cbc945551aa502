using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Traffic.History;

/// <summary>A chunk of history. Its id follows from the site and its place, so that loading again makes the same chunks.</summary>
sealed record HistoryChunk(Guid Id, ulong Version, IReadOnlyList<ChunkEvent> Events)
{
    /// <summary>A chunk's index has 16 bits; fewer and larger inserts are faster.</summary>
    const int Size = 50_000;

    /// <param name="trackingId">The site's public id.</param>
    /// <param name="plan">What to make.</param>
    public static IEnumerable<HistoryChunk> All(string trackingId, HistoryPlan plan) =>
        new EventHistory(plan).Events().Chunk(Size).Select((events, n) => Of(trackingId, plan.SiteId, events, n));

    /// <summary>Epoch 0, which no worker ever has: whatever one has written since wins.</summary>
    static HistoryChunk Of(string trackingId, int siteId, CollectedEvent[] events, int number) =>
        new(NewId(trackingId, events[0].Timestamp, number), (ulong)number + 1,
            [.. events.Select((e, i) => new ChunkEvent(i, siteId, e.Timestamp, e))]);

    /// <summary>UUIDv7 of the first event's time; what is random elsewhere is a hash here.</summary>
    static Guid NewId(string trackingId, DateTime at, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        XxHash128.Hash(Encoding.UTF8.GetBytes($"history {trackingId} {number}"), bytes);
        var milliseconds = new DateTimeOffset(at).ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(milliseconds >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)milliseconds);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x70);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
