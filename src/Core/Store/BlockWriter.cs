using ClickHouse.Driver;

namespace SaaS.Analytics.Store;

/// <summary>Writes rows as one INSERT of one block: all or, for a month partition, nothing of them is stored.</summary>
public sealed class BlockWriter(ClickHouseClient client)
{
    const int BlockRows = 1_048_576;
    const long BlockBytes = 1L << 30;

    /// <summary>Of a row of any table, generously: what is rented at first.</summary>
    const int RowBytes = 768;

    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">At most 1,048,576 rows, so that they stay one block.</param>
    /// <param name="token">Makes a repeat of the same INSERT do nothing, for as long as the table's deduplication window reaches; null for tables that replace by version.</param>
    /// <param name="cancel">Ends the wait, not the INSERT: it may still arrive.</param>
    internal async Task InsertAsync<T>(
        string table, Column<T>[] columns, IReadOnlyCollection<T> rows, string? token, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, BlockRows, nameof(rows));
        // The driver's own InsertBinaryAsync boxes every value; on a busy worker that was half of the CPU.
        using var block = new NativeBlock(rows.Count * RowBytes);
        Fill(block, columns, rows as IReadOnlyList<T> ?? [.. rows]);
        using var answer = await client.InsertRawStreamAsync(
            table, block.ToStream(), "Native", columns.Select(c => c.Name), client.Settings.UseCompression, Options(token), cancel);
    }

    static void Fill<T>(NativeBlock block, Column<T>[] columns, IReadOnlyList<T> rows)
    {
        block.Count(columns.Length);
        block.Count(rows.Count);
        foreach (var column in columns)
        {
            block.Text(column.Name);
            block.Text(column.Type);
            column.Write(block, rows);
        }
    }

    static QueryOptions Options(string? token) => new() { CustomSettings = Settings(token) };

    static Dictionary<string, object> Settings(string? token)
    {
        var settings = new Dictionary<string, object>
        {
            ["async_insert"] = 0,
            ["max_insert_block_size"] = BlockRows,
            ["min_insert_block_size_rows"] = BlockRows,
            ["min_insert_block_size_bytes"] = BlockBytes,
            ["insert_deduplicate"] = token is null ? 0 : 1,
        };
        if (token is not null) settings["insert_deduplication_token"] = token;
        return settings;
    }
}
