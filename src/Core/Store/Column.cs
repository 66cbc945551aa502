namespace SaaS.Analytics.Store;

/// <summary>One column of an INSERT: its name, the type it has on the wire, its value.</summary>
sealed record Column<T>(string Name, string Type, Func<T, object?> Value)
{
    /// <summary>DateTime64(3) as what it is on the wire; the caller's times are UTC.</summary>
    public static Column<T> Time(string name, Func<T, DateTime> value) =>
        new(name, "Int64", row => new DateTimeOffset(DateTime.SpecifyKind(value(row), DateTimeKind.Utc)).ToUnixTimeMilliseconds());

    /// <summary>String and LowCardinality(String), the same on the wire.</summary>
    public static Column<T> Text(string name, Func<T, string> value) => new(name, "String", value);

    public static Column<T> Number(string name, string type, Func<T, object?> value) => new(name, type, value);
}
