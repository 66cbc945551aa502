namespace SaaS.Analytics.Store;

/// <summary>One column of an INSERT: its name, its type in the block, and how the values of all rows are written.</summary>
sealed record Column<T>(string Name, string Type, Action<NativeBlock, IReadOnlyList<T>> Write)
{
    /// <summary>The caller's times are UTC.</summary>
    public static Column<T> Time(string name, Func<T, DateTime> value) =>
        Of(name, "DateTime64(3, 'UTC')", (to, row) => to.Int64((value(row) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond));

    /// <summary>String and LowCardinality(String).</summary>
    public static Column<T> Text(string name, Func<T, string> value) => Of(name, "String", (to, row) => to.Text(value(row)));

    public static Column<T> Id(string name, Func<T, Guid> value) => Of(name, "UUID", (to, row) => to.Uuid(value(row)));

    public static Column<T> Flag(string name, Func<T, bool> value) => Of(name, "UInt8", (to, row) => to.Byte(value(row) ? (byte)1 : (byte)0));

    /// <summary>UInt8 and Enum8.</summary>
    public static Column<T> Number(string name, Func<T, byte> value) => Of(name, "UInt8", (to, row) => to.Byte(value(row)));

    public static Column<T> Number(string name, Func<T, ushort> value) => Of(name, "UInt16", (to, row) => to.UInt16(value(row)));

    /// <summary>UInt32 and DateTime.</summary>
    public static Column<T> Number(string name, Func<T, uint> value) => Of(name, "UInt32", (to, row) => to.UInt32(value(row)));

    public static Column<T> Number(string name, Func<T, ulong> value) => Of(name, "UInt64", (to, row) => to.UInt64(value(row)));

    /// <summary>First where each row's numbers end, then all of them.</summary>
    public static Column<T> Numbers(string name, Func<T, ulong[]> value) => new(name, "Array(UInt64)", (to, rows) =>
    {
        Ends(to, rows, row => value(row).Length);
        foreach (var row in rows)
            foreach (var number in value(row)) to.UInt64(number);
    });

    /// <summary>First which rows have none, then the amounts, 0 for those.</summary>
    public static Column<T> Money(string name, Func<T, decimal?> value) => new(name, "Nullable(Decimal(18, 4))", (to, rows) =>
    {
        foreach (var row in rows) to.Byte(value(row) is null ? (byte)1 : (byte)0);
        foreach (var row in rows) to.Money(value(row) ?? 0);
    });

    /// <summary>A map of texts, whatever they are wrapped in: first where each row's pairs end, then all keys, then all values.</summary>
    public static Column<T> Pairs(string name, Func<T, KeyValuePair<string, string>[]> value) => new(name, "Map(String, String)", (to, rows) =>
    {
        Ends(to, rows, row => value(row).Length);
        foreach (var row in rows)
            foreach (var pair in value(row)) to.Text(pair.Key);
        foreach (var row in rows)
            foreach (var pair in value(row)) to.Text(pair.Value);
    });

    static Column<T> Of(string name, string type, Action<NativeBlock, T> write) => new(name, type, (to, rows) =>
    {
        for (var i = 0; i < rows.Count; i++) write(to, rows[i]);
    });

    static void Ends(NativeBlock to, IReadOnlyList<T> rows, Func<T, int> count)
    {
        ulong end = 0;
        for (var i = 0; i < rows.Count; i++) to.UInt64(end += (ulong)count(rows[i]));
    }
}
