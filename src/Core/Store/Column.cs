namespace SaaS.Analytics.Store;

/// <summary>One column of an INSERT: its name, and how a row's value is written.</summary>
sealed record Column<T>(string Name, Action<RowBinary, T> Write)
{
    /// <summary>DateTime64(3); the caller's times are UTC.</summary>
    public static Column<T> Time(string name, Func<T, DateTime> value) =>
        new(name, (to, row) => to.Int64((value(row) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>String and LowCardinality(String), the same on the wire.</summary>
    public static Column<T> Text(string name, Func<T, string> value) => new(name, (to, row) => to.Text(value(row)));

    public static Column<T> Id(string name, Func<T, Guid> value) => new(name, (to, row) => to.Uuid(value(row)));

    public static Column<T> Flag(string name, Func<T, bool> value) => new(name, (to, row) => to.Byte(value(row) ? (byte)1 : (byte)0));

    public static Column<T> Number(string name, Func<T, byte> value) => new(name, (to, row) => to.Byte(value(row)));

    public static Column<T> Number(string name, Func<T, ushort> value) => new(name, (to, row) => to.UInt16(value(row)));

    public static Column<T> Number(string name, Func<T, uint> value) => new(name, (to, row) => to.UInt32(value(row)));

    public static Column<T> Number(string name, Func<T, ulong> value) => new(name, (to, row) => to.UInt64(value(row)));

    /// <summary>Array(UInt64).</summary>
    public static Column<T> Numbers(string name, Func<T, ulong[]> value) => new(name, (to, row) =>
    {
        var numbers = value(row);
        to.Count(numbers.Length);
        foreach (var number in numbers) to.UInt64(number);
    });

    /// <summary>Nullable(Decimal(18, 4)).</summary>
    public static Column<T> Money(string name, Func<T, decimal?> value) => new(name, (to, row) => to.Money(value(row)));

    /// <summary>Map(String, String), whatever its texts are wrapped in.</summary>
    public static Column<T> Pairs(string name, Func<T, KeyValuePair<string, string>[]> value) => new(name, (to, row) =>
    {
        var pairs = value(row);
        to.Count(pairs.Length);
        foreach (var (key, text) in pairs)
        {
            to.Text(key);
            to.Text(text);
        }
    });
}
