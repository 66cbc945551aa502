using System.Diagnostics;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>The baseline: blocks of 100,000 rows of the same columns, encoded before the clock starts, into a table like <c>events</c>.</summary>
sealed class RawInserts(StoreCalls store)
{
    const int Rows = 100_000;
    const int Blocks = 3;
    byte[] block = [];

    /// <summary>Takes its rows from what the pipeline has stored.</summary>
    public async Task PrepareAsync()
    {
        await store.RunAsync("CREATE TABLE raw_events AS events");
        block = await store.BytesAsync($"SELECT * FROM events LIMIT {Rows} FORMAT RowBinary");
        await RoundAsync();
    }

    /// <returns>Rows a second.</returns>
    public async Task<double> RoundAsync()
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Blocks; i++)
            await store.InsertAsync("INSERT INTO raw_events FORMAT RowBinary", block, "&insert_deduplicate=0&async_insert=0");
        var rate = Blocks * Rows / watch.Elapsed.TotalSeconds;
        await store.RunAsync("TRUNCATE TABLE raw_events");
        return rate;
    }
}
