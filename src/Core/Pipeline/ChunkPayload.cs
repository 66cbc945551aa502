using System.Buffers;
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
        var length = 1 + events.Sum(e => HeaderBytes + e.Event.Length);
        var (plain, packed) = (ArrayPool<byte>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(length)));
        try
        {
            Fill(plain, events);
            using var compressor = new Compressor(level: 1);
            return packed.AsSpan(0, compressor.Wrap(plain.AsSpan(0, length), packed)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    static void Fill(byte[] buffer, IReadOnlyList<(int SiteId, DateTime ReceivedAt, ReadOnlyMemory<byte> Event)> events)
    {
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
    }

    /// <returns>Every event; those that cannot be read have <see cref="ChunkEvent.Unreadable"/> set.</returns>
    /// <exception cref="InvalidDataException">The payload as a whole is damaged or of an unknown version.</exception>
    public static List<ChunkEvent> Read(ReadOnlySpan<byte> payload)
    {
        var (buffer, size) = Unpack(payload);
        try
        {
            return Events(buffer.AsSpan(0, size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static List<ChunkEvent> Events(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != FormatVersion)
            throw new InvalidDataException($"Chunk format version {(bytes.Length == 0 ? "missing" : bytes[0])}; this build reads {FormatVersion}.");
        var events = new List<ChunkEvent>(Count(bytes[1..]));
        for (var rest = bytes[1..]; rest.Length > 0;)
        {
            var length = LengthOf(rest, events.Count);
            events.Add(Event(events.Count, rest, length));
            rest = rest[(HeaderBytes + length)..];
        }
        return events;
    }

    static int Count(ReadOnlySpan<byte> rest)
    {
        var count = 0;
        for (; rest.Length > 0; count++) rest = rest[(HeaderBytes + LengthOf(rest, count))..];
        return count;
    }

    static int LengthOf(ReadOnlySpan<byte> rest, int index)
    {
        var length = rest.Length < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
        return length >= 0 && length <= rest.Length - HeaderBytes
            ? length
            : throw new InvalidDataException($"The chunk ends in the middle of event {index}.");
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

    /// <returns>A rented array, and how much of it is filled.</returns>
    static (byte[] Buffer, int Length) Unpack(ReadOnlySpan<byte> payload)
    {
        byte[]? buffer = null;
        try
        {
            var size = Decompressor.GetDecompressedSize(payload);
            if (size > MaxBytes) throw new InvalidDataException($"The chunk would be {size} bytes long.");
            buffer = ArrayPool<byte>.Shared.Rent((int)size);
            using var decompressor = new Decompressor();
            return (buffer, decompressor.Unwrap(payload, buffer));
        }
        catch (ZstdException e)
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            throw new InvalidDataException("The chunk's compression is damaged.", e);
        }
    }
}
