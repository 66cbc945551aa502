using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SaaS.Analytics.Store;

/// <summary>
/// One block in ClickHouse's Native format, gathered column by column in a rented array: how many columns and rows, then each
/// column's name, type and values. ClickHouse takes it in at half the cost of a format by rows, and casts where a table's
/// column is of another type (LowCardinality, Enum, Bool).
/// </summary>
sealed class NativeBlock(int bytesExpected) : IDisposable
{
    const int LongestVarint = 5;
    const int MostBytesPerChar = 3;
    const int ShortText = 0x7F / MostBytesPerChar;
    byte[] bytes = ArrayPool<byte>.Shared.Rent(bytesExpected);
    int length;

    public Stream ToStream() => new MemoryStream(bytes, 0, length, writable: false);

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void Int64(long value) => UInt64(unchecked((ulong)value));

    /// <summary>Two halves, each with its lowest byte first.</summary>
    public void Uuid(Guid value)
    {
        var to = Take(16);
        value.TryWriteBytes(to, bigEndian: true, out _);
        to[..8].Reverse();
        to[8..].Reverse();
    }

    public void Text(string value)
    {
        if (value.Length <= ShortText) Short(value);
        else Long(value);
    }

    /// <summary>Decimal(18, 4); what is finer is cut off.</summary>
    /// <exception cref="OverflowException">It has more than 14 digits before the point.</exception>
    public void Money(decimal value) => Int64(decimal.ToInt64(value * 10_000m));

    /// <summary>A number of variable length.</summary>
    public void Count(int count)
    {
        var to = Room(LongestVarint);
        var rest = (uint)count;
        for (var i = 0; ; i++, length++)
        {
            to[i] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if ((rest >>= 7) == 0) break;
        }
        length++;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(bytes);

    /// <summary>Text whose length surely fits into one byte.</summary>
    void Short(string value)
    {
        var to = Room(1 + value.Length * MostBytesPerChar);
        var count = Encoding.UTF8.GetBytes(value, to[1..]);
        to[0] = (byte)count;
        length += 1 + count;
    }

    void Long(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        Count(count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    Span<byte> Take(int count)
    {
        var room = Room(count);
        length += count;
        return room;
    }

    Span<byte> Room(int count)
    {
        if (bytes.Length - length < count) Grow(count);
        return bytes.AsSpan(length, count);
    }

    void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + count));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
