using System.Buffers.Binary;
using MemoryPack;
using SaaS.Analytics.Events;
using ZstdSharp;

namespace SaaS.Analytics.Pipeline;

/// <summary>One event inside a chunk.</summary>
/// <param name="Index">Its place in the chunk, from 0: with the receipt time and the chunk's id, the arrival order.</param>
/// <param name="SiteId">The site.</param>
/// <param name="ReceivedAt">Receipt in UTC, whole milliseconds.</param>
/// <param name="Event">The event.</param>
public readonly record struct ChunkEvent(int Index, int SiteId, DateTime ReceivedAt, CollectedEvent Event)
{
    /// <summary>Set where the bytes cannot be read: <see cref="Event"/> is an empty one then.</summary>
    public UnreadableEvent? Unreadable { get; init; }
}

/// <summary>The bytes of an event that this build cannot read, and why.</summary>
public sealed record UnreadableEvent(byte[] Bytes, Exception Error);

/// <summary>
/// The immutable content of a chunk: zstd over <c>version (1 byte)</c> and, per event, <c>site id (i32) ‖ received_at
/// (i64, unix ms) ‖ length (i32) ‖ MemoryPack of <see cref="CollectedEvent"/></c>, little endian. The event bytes are those
/// of the spool record, copied and not serialised again.
/// </summary>
public static class ChunkPayload
{
    public const byte FormatVersion = 1;
    public const int HeaderBytes = 16;

    /// <summary>Bound on the decompressed size, so that a damaged or hostile payload cannot fill the memory.</summary>
    const int MaxBytes = 256 * 1024 * 1024;

    /// <param name="events">Records in the order of the spool.</param>
    public static byte[] Write(IReadOnlyList<(int SiteId, DateTime ReceivedAt, ReadOnlyMemory<byte> Event)> events)
    {
        var buffer = new byte[1 + events.Sum(e => HeaderBytes + e.Event.Length)];
        buffer[0] = FormatVersion;
        var rest = buffer.AsSpan(1);
        foreach (var (siteId, receivedAt, bytes) in events)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, siteId);
            BinaryPrimitives.WriteInt64LittleEndian(rest[4..], new DateTimeOffset(receivedAt).ToUnixTimeMilliseconds());
            BinaryPrimitives.WriteInt32LittleEndian(rest[12..], bytes.Length);
            bytes.Span.CopyTo(rest[HeaderBytes..]);
            rest = rest[(HeaderBytes + bytes.Length)..];
        }
        using var compressor = new Compressor(level: 1);
        return compressor.Wrap(buffer).ToArray();
    }

    /// <returns>Every event; those that cannot be read have <see cref="ChunkEvent.Unreadable"/> set.</returns>
    /// <exception cref="InvalidDataException">The payload as a whole is damaged or of an unknown version.</exception>
    public static List<ChunkEvent> Read(ReadOnlySpan<byte> payload)
    {
        var bytes = Unpack(payload);
        if (bytes.Length == 0 || bytes[0] != FormatVersion)
            throw new InvalidDataException($"Chunk format version {(bytes.Length == 0 ? "missing" : bytes[0])}; this build reads {FormatVersion}.");
        var events = new List<ChunkEvent>();
        for (ReadOnlySpan<byte> rest = bytes.AsSpan(1); rest.Length > 0;)
        {
            var length = rest.Length < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
            if (length < 0 || length > rest.Length - HeaderBytes)
                throw new InvalidDataException($"The chunk ends in the middle of event {events.Count}.");
            events.Add(Event(events.Count, rest, length));
            rest = rest[(HeaderBytes + length)..];
        }
        return events;
    }

    static ChunkEvent Event(int index, ReadOnlySpan<byte> record, int length)
    {
        var site = BinaryPrimitives.ReadInt32LittleEndian(record);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(record[4..])).UtcDateTime;
        var bytes = record.Slice(HeaderBytes, length);
        try
        {
            return new ChunkEvent(index, site, at, MemoryPackSerializer.Deserialize<CollectedEvent>(bytes) ?? throw new InvalidDataException("The event is empty."));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it was: the others of the chunk must not fail with it.
            var empty = new CollectedEvent { Id = Guid.Empty, Name = "", Timestamp = at, ClientTimestamp = at };
            return new ChunkEvent(index, site, at, empty) { Unreadable = new UnreadableEvent(bytes.ToArray(), e) };
        }
    }

    static byte[] Unpack(ReadOnlySpan<byte> payload)
    {
        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(payload, MaxBytes).ToArray();
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("The chunk's compression is damaged.", e);
        }
    }
}
