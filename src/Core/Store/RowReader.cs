using ClickHouse.Driver.ADO.Readers;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Store;

/// <summary>Reads a row's columns from left to right.</summary>
struct RowReader(ClickHouseDataReader reader)
{
    int next;

    public ulong UInt64() => reader.GetUInt64(next++);
    public uint UInt32() => reader.GetUInt32(next++);
    public ushort UInt16() => reader.GetUInt16(next++);
    public byte Byte() => reader.GetByte(next++);
    public bool Bool() => reader.GetBoolean(next++);
    public Guid Guid() => reader.GetGuid(next++);
    public string Text() => reader.GetString(next++);
    public DateTime Time() => DateTime.SpecifyKind(reader.GetDateTime(next++), DateTimeKind.Utc);
    public decimal? Money() => reader.IsDBNull(next) ? Skip() : reader.GetDecimal(next++);
    public VisitorMode Mode() => reader.GetString(next++) == "consented" ? VisitorMode.Consented : VisitorMode.Cookieless;
    public ulong[] UInt64s() => (ulong[])reader.GetValue(next++);
    public KeyValuePair<string, string>[] Pairs() => [.. (IEnumerable<KeyValuePair<string, string>>)reader.GetValue(next++)];

    decimal? Skip()
    {
        next++;
        return null;
    }
}
