using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

public sealed class DurabilityTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("clickhouse-durable-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [EmbeddedFact]
    public async Task WhatIsAnsweredSurvivesKill()
    {
        using (var server = await ServerProcess.StartAsync(_data))
        {
            using var client = server.Connect();
            await client.ExecuteNonQueryAsync("CREATE DATABASE d ENGINE = Atomic");
            await client.ExecuteNonQueryAsync("CREATE TABLE d.t (id UInt64) ENGINE = MergeTree ORDER BY id");
            for (var i = 0; i < 20; i++)
                await client.InsertBinaryAsync("d.t", ["id"], Rows(i * 100, 100));
            server.Kill();
        }

        Assert.Equal(2000UL, await AfterRestartAsync("SELECT uniqExact(id) FROM d.t"));
    }

    [EmbeddedFact]
    public async Task ATokenIsRememberedAcrossKill()
    {
        for (var i = 0; i < 3; i++)
        {
            using var server = await ServerProcess.StartAsync(_data);
            using var client = server.Connect();
            await client.ExecuteNonQueryAsync("CREATE DATABASE IF NOT EXISTS d ENGINE = Atomic");
            await client.ExecuteNonQueryAsync("CREATE TABLE IF NOT EXISTS d.t (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100");
            await client.InsertBinaryAsync("d.t", ["id"], Rows(0, 5000), InsertTests.Token("chunk"));
            server.Kill();
        }

        Assert.Equal(5000UL, await AfterRestartAsync("SELECT count() FROM d.t"));
    }

    [EmbeddedFact]
    public async Task AnInsertCutOffByItsClientStoresNothing()
    {
        using var server = await ServerProcess.StartAsync(_data);
        using var client = server.Connect();
        await client.ExecuteNonQueryAsync("CREATE DATABASE d ENGINE = Atomic");
        await client.ExecuteNonQueryAsync("CREATE TABLE d.t (id UInt64) ENGINE = MergeTree ORDER BY id");
        using var leaving = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<Exception>(() => client.PostStreamAsync("INSERT INTO d.t FORMAT RowBinary", async (body, _) =>
        {
            await body.WriteAsync(new byte[800_000], CancellationToken.None);
            await body.FlushAsync(CancellationToken.None);
            await leaving.CancelAsync();
            await Task.Delay(Timeout.Infinite, leaving.Token);
        }, isCompressed: false, leaving.Token));
        await client.ExecuteNonQueryAsync("INSERT INTO d.t VALUES (1)");
        Assert.Equal(1UL, await client.ExecuteScalarAsync("SELECT count() FROM d.t"));
    }

    private async Task<object> AfterRestartAsync(string sql)
    {
        using var server = await ServerProcess.StartAsync(_data);
        using var client = server.Connect();
        return await client.ExecuteScalarAsync(sql);
    }

    private static IEnumerable<object[]> Rows(int first, int count) =>
        Enumerable.Range(first, count).Select(id => new object[] { (ulong)id });
}
