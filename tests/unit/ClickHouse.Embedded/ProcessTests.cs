using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

public sealed class ProcessTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("clickhouse-process-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [EmbeddedFact]
    public async Task WritesThePortFileWhenReady()
    {
        var file = Path.Combine(_data, "port");
        using var server = await ServerProcess.StartAsync(_data, "--port-file", file);
        Assert.Equal(server.Port, int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture));
    }

    [EmbeddedFact]
    public async Task ASecondProcessOnTheSameDataIsRefused()
    {
        using var server = await ServerProcess.StartAsync(_data);
        await AssertRefusedAsync("is already in use by another process.", "--data", _data, "--port", "0");
    }

    [EmbeddedFact]
    public async Task ABusyPortIsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await AssertRefusedAsync($"Port {port} on 127.0.0.1 is already in use.", "--data", _data, "--port", port);
    }

    [EmbeddedFact]
    public Task AMissingLibraryIsNamed() =>
        AssertRefusedAsync("/no/such/libchdb.so cannot be loaded", "--data", _data, "--port", "0", "--library", "/no/such/libchdb.so");

    [EmbeddedFact]
    public Task ADirectoryThatCannotBeWrittenIsNamed() =>
        AssertRefusedAsync("The data directory /proc/nowhere cannot be written", "--data", "/proc/nowhere", "--port", "0");

    [EmbeddedFact]
    public Task AWrongOptionIsNamed() => AssertRefusedAsync("--prot", "--data", _data, "--prot", "0");

    [EmbeddedFact]
    public async Task EndsWhenTheParentIsGone()
    {
        using var server = await ServerProcess.StartAsync(_data, "--exit-on-stdin-close");
        server.Process.StandardInput.Close();
        await EndedAsync(server.Process);
    }

    [EmbeddedFact]
    public async Task EndsInTheMiddleOfAStatementWhenTheParentIsGone()
    {
        using var server = await ServerProcess.StartAsync(_data, "--exit-on-stdin-close");
        using var client = server.Connect();
        var running = client.ExecuteScalarAsync("SELECT count() FROM numbers(100000000000000)");
        await Task.Delay(500);
        server.Process.StandardInput.Close();
        await EndedAsync(server.Process);
        await Assert.ThrowsAnyAsync<Exception>(() => running);
    }

    [EmbeddedFact]
    public async Task EndsCleanlyWhenAsked()
    {
        using var server = await ServerProcess.StartAsync(_data);
        await AssertEndsCleanlyAsync(server);
    }

    [EmbeddedFact]
    public async Task EndsCleanlyInTheMiddleOfAWrite()
    {
        using var server = await ServerProcess.StartAsync(_data);
        using var client = server.Connect();
        await client.ExecuteNonQueryAsync("CREATE TABLE kept (n UInt64) ENGINE = Null");
        var running = client.ExecuteNonQueryAsync("INSERT INTO kept SELECT number FROM numbers(100000000000000)");
        await Task.Delay(500);
        await AssertEndsCleanlyAsync(server);
        await Assert.ThrowsAnyAsync<Exception>(() => running);
    }

    [EmbeddedFact]
    public async Task StaysWithinItsMemoryAndGoesOn()
    {
        using var server = await ServerProcess.StartAsync(_data, "--memory-mb", "512");
        using var client = server.Connect();
        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAsync<ClickHouseServerException>(() =>
                client.ExecuteScalarAsync("SELECT length(groupArray(number)) FROM numbers(300000000)"));
            Assert.Equal(241, failure.ErrorCode);
        }

        Assert.Equal(1, Convert.ToInt32(await client.ExecuteScalarAsync("SELECT 1"), CultureInfo.InvariantCulture));
    }

    private static async Task AssertEndsCleanlyAsync(ServerProcess server)
    {
        using var kill = Process.Start("kill", ["-TERM", server.Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await EndedAsync(server.Process);
        Assert.Equal("", await server.Process.StandardError.ReadToEndAsync());
        Assert.Equal(0, server.Process.ExitCode);
    }

    private static async Task AssertRefusedAsync(string sentence, params string[] arguments)
    {
        using var process = ServerProcess.Launch(arguments);
        await EndedAsync(process);
        var error = await process.StandardError.ReadToEndAsync();
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.NotEqual(0, process.ExitCode);
    }

    private static async Task EndedAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
    }
}
