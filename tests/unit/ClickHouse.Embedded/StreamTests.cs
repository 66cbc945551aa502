using ClickHouse.Driver;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

[Collection(nameof(ClickHouseFixture))]
public sealed class StreamTests(ClickHouseFixture clickHouse)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMillionRowsAreReadInOrder(bool compressed)
    {
        using var client = new ClickHouseClient(new ClickHouseClientSettings(clickHouse.Client.Settings) { UseCompression = compressed });
        using var reader = await client.ExecuteReaderAsync("SELECT number, toString(number) AS text FROM numbers(1000000)");
        var next = 0UL;
        while (reader.Read())
        {
            Assert.Equal(next, (ulong)reader.GetValue(0));
            Assert.Equal(next.ToString(System.Globalization.CultureInfo.InvariantCulture), reader.GetString(1));
            next++;
        }

        Assert.Equal(1_000_000UL, next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnErrorInTheMiddleIsNoEnd(bool compressed)
    {
        using var client = new ClickHouseClient(new ClickHouseClientSettings(clickHouse.Client.Settings) { UseCompression = compressed });
        using var reader = await client.ExecuteReaderAsync("SELECT number, throwIf(number = 3000000) FROM numbers(10000000)");
        Assert.ThrowsAny<Exception>(() =>
        {
            while (reader.Read())
            {
            }
        });
    }

    [Fact]
    public async Task TheSummaryCountsRows()
    {
        using var raw = new HttpClient();
        var table = await clickHouse.TableAsync("id UInt32");
        await clickHouse.Client.ExecuteNonQueryAsync($"INSERT INTO {table} SELECT number FROM numbers(1000)");
        using var answer = await clickHouse.Client.PostStreamAsync($"SELECT sum(id) FROM {table}", new MemoryStream(), false, CancellationToken.None);
        Assert.Contains("\"read_rows\":\"1000\"", answer.Headers.GetValues("X-ClickHouse-Summary").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavingStopsTheStatement()
    {
        var mark = $"/* {Guid.NewGuid():N} */";
        using var leaving = new CancellationTokenSource();
        var reading = clickHouse.Client.ExecuteScalarAsync($"SELECT {mark} count() FROM numbers(100000000000000)",
            options: ClickHouseFixture.With(("cancel_http_readonly_queries_on_client_close", 1)), cancellationToken: leaving.Token);
        await UntilAsync(async () => await RunningAsync(mark) == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await UntilAsync(async () => await RunningAsync(mark) == 0);
    }

    private Task<int> RunningAsync(string mark) =>
        clickHouse.ScalarAsync<int>($"SELECT count() FROM system.processes WHERE position(query, '{mark}') > 0 AND position(query, 'system.processes') = 0");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(50, patience.Token);
    }
}
