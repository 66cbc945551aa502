using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using MaxMind.Db;

namespace SaaS.Analytics.Ingestion.Geo;

/// <summary>Numbers of networks by address. Implemented by npm's tables and by MaxMind's database.</summary>
interface INetworkNumbers
{
    /// <returns>0 when unknown.</returns>
    uint Of(IPAddress address);
}

/// <summary>MaxMind's ASN database.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A reader that was replaced may still be asked; it is let go when nobody holds it.")]
sealed class NetworkDatabase(string path) : INetworkNumbers
{
    readonly Reader reader = new(path, FileAccessMode.MemoryMapped);

    public uint Of(IPAddress address) => reader.Find<NetworkRecord>(address)?.Number ?? 0;
}

/// <summary>Ranges <c>first,last,number,name</c> in ascending order, addresses as decimal numbers: 36 bytes each in memory.</summary>
sealed class NetworkTable : INetworkNumbers
{
    readonly List<UInt128> firsts = [];
    readonly List<UInt128> lasts = [];
    readonly List<uint> numbers = [];

    public NetworkTable(string path)
    {
        foreach (var line in File.ReadLines(path))
            Add(line);
    }

    public uint Of(IPAddress address)
    {
        var key = Key(address);
        var at = firsts.BinarySearch(key);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && key <= lasts[at] ? numbers[at] : 0;
    }

    void Add(ReadOnlySpan<char> line)
    {
        Span<Range> parts = stackalloc Range[4];
        if (line.Split(parts, ',') < 3) throw new FormatException($"No network: {line}");
        firsts.Add(UInt128.Parse(line[parts[0]], CultureInfo.InvariantCulture));
        lasts.Add(UInt128.Parse(line[parts[1]], CultureInfo.InvariantCulture));
        numbers.Add(uint.Parse(line[parts[2]], CultureInfo.InvariantCulture));
    }

    static UInt128 Key(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
