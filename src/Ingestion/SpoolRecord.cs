using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SaaS.Analytics.Ingestion;

/// <summary>What a spool record says; numbers are on disk and never change.</summary>
enum RecordKind : byte
{
    /// <summary>An accepted event.</summary>
    Event = 1,

    /// <summary>Events dropped at the door, counted.</summary>
    Drop = 2,

    /// <summary>A chunk was made of a partition's records up to a position; carries the chunk itself.</summary>
    Seal = 3,

    /// <summary>A chunk's saga is done: it may be trimmed.</summary>
    Finished = 4,

    /// <summary>A chunk is about to be handed over in this process.</summary>
    Attempt = 5,

    /// <summary>The process ended in order with the chunk still open: the attempt before was no harm.</summary>
    Released = 6,
}

/// <summary>
/// One record of the spool, little endian: <c>length (u32) ‖ CRC32C (u32) ‖ format version (u8) ‖ kind (u8) ‖ site id (i32) ‖
/// partition (u16) ‖ received_at (i64, unix ms) ‖ payload</c>. Length and CRC cover what follows them.
/// </summary>
readonly record struct SpoolRecord(RecordKind Kind, int SiteId, int Partition, long ReceivedAt, ReadOnlyMemory<byte> Payload)
{
    public const byte FormatVersion = 1;
    public const int HeaderBytes = 24;
    const int PrefixBytes = 8;
    const int MaxBytes = 64 * 1024 * 1024;

    public int Bytes => HeaderBytes + Payload.Length;

    /// <summary>Leaves room for the header; the payload is written next, then <see cref="End"/>.</summary>
    /// <returns>Where the record starts.</returns>
    public static int Begin(ArrayBufferWriter<byte> to)
    {
        var start = to.WrittenCount;
        to.GetSpan(HeaderBytes);
        to.Advance(HeaderBytes);
        return start;
    }

    public static void End(ArrayBufferWriter<byte> to, int start, RecordKind kind, int siteId, int partition, long receivedAt)
    {
        var record = MemoryMarshal.AsMemory(to.WrittenMemory)[start..].Span;
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - PrefixBytes);
        record[8] = FormatVersion;
        record[9] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(record[10..], siteId);
        BinaryPrimitives.WriteUInt16LittleEndian(record[14..], (ushort)partition);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], receivedAt);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Crc32C.Of(record[PrefixBytes..]));
    }

    public static void Write(ArrayBufferWriter<byte> to, in SpoolRecord record)
    {
        var start = Begin(to);
        to.Write(record.Payload.Span);
        End(to, start, record.Kind, record.SiteId, record.Partition, record.ReceivedAt);
    }

    /// <returns>Where the last of some whole records begins.</returns>
    public static int LastOf(ReadOnlySpan<byte> records, out int partition)
    {
        var last = 0;
        for (var next = 0; next < records.Length;)
            next = (last = next) + PrefixBytes + BinaryPrimitives.ReadInt32LittleEndian(records[next..]);
        partition = BinaryPrimitives.ReadUInt16LittleEndian(records[(last + 14)..]);
        return last;
    }

    /// <returns>False where the bytes do not start with a whole, undamaged record.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out SpoolRecord record)
    {
        record = default;
        var span = bytes.Span;
        if (span.Length < HeaderBytes) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(span);
        if (length < HeaderBytes - PrefixBytes || length > MaxBytes || length > span.Length - PrefixBytes) return false;
        if (span[8] != FormatVersion || BinaryPrimitives.ReadUInt32LittleEndian(span[4..]) != Crc32C.Of(span.Slice(PrefixBytes, length)))
            return false;
        record = new SpoolRecord(
            (RecordKind)span[9],
            BinaryPrimitives.ReadInt32LittleEndian(span[10..]),
            BinaryPrimitives.ReadUInt16LittleEndian(span[14..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[16..]),
            bytes.Slice(HeaderBytes, length + PrefixBytes - HeaderBytes));
        return true;
    }
}
