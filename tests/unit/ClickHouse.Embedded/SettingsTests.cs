using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class SettingsTests(ClickHouseFixture clickHouse)
{
    [Fact]
    public async Task HoldForOneStatementOnly()
    {
        var before = await ThreadsAsync(null);
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(3, await ThreadsAsync(ClickHouseFixture.With(("max_threads", 3))));
            Assert.Equal(before, await ThreadsAsync(null));
        }
    }

    [Fact]
    public async Task OfAFailedStatementAreGoneToo()
    {
        var limited = ClickHouseFixture.With(("max_result_rows", 1), ("max_memory_usage", 50_000_000));
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<ClickHouseServerException>(() => clickHouse.Client.ExecuteScalarAsync("SELECT number FROM numbers(10)", options: limited));
        for (var i = 0; i < 20; i++)
            Assert.Equal(10, await clickHouse.ScalarAsync<int>("SELECT count() FROM (SELECT number FROM numbers(10) LIMIT 10)"));
    }

    [Fact]
    public async Task TheDatabaseHoldsForOneStatementOnly()
    {
        Assert.Equal("system", await clickHouse.Client.ExecuteScalarAsync("SELECT currentDatabase()", options: new QueryOptions { Database = "system" }));
        Assert.Equal(clickHouse.Database, await clickHouse.Client.ExecuteScalarAsync("SELECT currentDatabase()"));
    }

    [Fact]
    public async Task TheSessionTimeZoneCounts() =>
        Assert.Equal("2026-01-01 05:45:00", await clickHouse.Client.ExecuteScalarAsync("SELECT toString(toDateTime(1767225600))",
            options: ClickHouseFixture.With(("session_timezone", "Asia/Kathmandu"))));

    [Theory]
    [InlineData("insert_deduplication_token", "it's a 'token'")]
    [InlineData("max_execution_time", "7")]
    [InlineData("fsync_metadata", "0")]
    [InlineData("async_insert", "0")]
    [InlineData("log_comment", "a comment")]
    public async Task ReachTheStatement(string name, string value)
    {
        var seen = await clickHouse.Client.ExecuteScalarAsync($"SELECT toString(getSetting('{name}'))", options: ClickHouseFixture.With((name, value)));
        Assert.StartsWith(value == "0" ? "" : value, (string)seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatementsRunInParallel()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var threads = (i % 5) + 1;
            return await ThreadsAsync(ClickHouseFixture.With(("max_threads", threads))) == threads;
        })));
        Assert.All(counts, Assert.True);
    }

    [Fact]
    public async Task ReadersDoNotBlockEachOther()
    {
        var readers = new List<IDisposable>();
        for (var i = 0; i < 6; i++)
            readers.Add(await clickHouse.Client.ExecuteReaderAsync("SELECT number FROM numbers(100000000)"));
        Assert.Equal(1, await clickHouse.ScalarAsync<int>("SELECT 1"));
        readers.ForEach(reader => reader.Dispose());
    }

    private Task<int> ThreadsAsync(QueryOptions? options) =>
        clickHouse.ScalarAsync<int>("SELECT getSetting('max_threads')", options);
}
