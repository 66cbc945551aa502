using System.Diagnostics;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>The baseline: blocks of 100,000 rows of the same columns, encoded before the clock starts, into a table like <c>events</c>.</summary>
/// <param name="store">The pipeline's.</param>
/// <param name="format">ClickHouse's name of it: RowBinary, which the driver's own bulk insert sends, or Native, which the workers send.</param>
sealed class RawInserts(StoreCalls store, string format)
{
    const int Rows = 100_000;
    const int Blocks = 3;
    readonly string table = $"raw_{format}";
    byte[] block = [];

    /// <summary>Takes its rows from what the pipeline has stored.</summary>
    public async Task PrepareAsync()
    {
        await store.RunAsync($"CREATE TABLE {table} AS events");
        block = await store.BytesAsync($"SELECT * FROM events LIMIT {Rows} FORMAT {format}");
        await RoundAsync();
    }

    /// <returns>Rows a second.</returns>
    public async Task<double> RoundAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Blocks; i++)
            await store.InsertAsync($"INSERT INTO {table} FORMAT {format}", block, "&insert_deduplicate=0&async_insert=0");
        var rate = Blocks * Rows / watch.Elapsed.TotalSeconds;
        await store.RunAsync($"TRUNCATE TABLE {table}");
        return rate;
    }
}
