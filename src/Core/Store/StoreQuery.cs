using System.Globalization;
using ClickHouse.Driver;

namespace SaaS.Analytics.Store;

/// <summary>
/// Read-back of the store's own rows. Values go into the text, not into parameters, because lists of some thousand ids
/// outgrow a URL; that is safe as only numbers and UUIDs can be given.
/// </summary>
static class StoreQuery
{
    public static async Task<List<T>> RowsAsync<T>(
        this ClickHouseClient client, string sql, Func<RowReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await using var reader = await client.ExecuteReaderAsync(sql, cancellationToken: cancel);
        while (await reader.ReadAsync(cancel)) rows.Add(read(new RowReader(reader)));
        return rows;
    }

    public static string List(IEnumerable<int> values) => $"({string.Join(',', values)})";

    public static string List(IEnumerable<ulong> values) => $"({string.Join(',', values)})";

    public static string List(IEnumerable<Guid> values) => $"({string.Join(',', values.Select(Literal))})";

    public static string Literal(Guid value) => $"'{value:D}'";

    /// <summary>A text of whatever characters, as hexadecimal digits: what visitors send must not become part of a statement.</summary>
    public static string Literal(string text) => $"unhex('{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))}')";

    /// <summary>A point in time as DateTime64(3, 'UTC').</summary>
    public static string Literal(DateTime utc) => string.Create(CultureInfo.InvariantCulture,
        $"fromUnixTimestamp64Milli({new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds()}, 'UTC')");
}
