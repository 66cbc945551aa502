using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SaaS.Analytics.E2E.Products;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.E2E;

/// <summary>Starting and stopping the product as <c>./run</c> does.</summary>
public sealed class RunTests : IDisposable
{
    const int Kill = 9;
    const int Terminate = 15;
    readonly string data = Directory.CreateTempSubdirectory("e2e-run-").FullName;

    [Theory]
    [InlineData(Kill)]
    [InlineData(Terminate)]
    public async Task No_server_outlives_it_and_the_next_start_finds_the_data(int signal)
    {
        var secrets = await StartStopAsync(signal);
        Assert.Equal(secrets, await StartStopAsync(Terminate));
    }

    [Fact]
    public async Task A_busy_port_is_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        Assert.Equal(
            $"Port {port} is in use: choose another with --port N (the collector takes N + 1), or --port 0 for any.\n",
            await FailsAsync("--data", data, "--port", $"{port}"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_one_sentence() => Assert.Matches(
        @"^The folder /proc/data cannot be written.*: choose another with --data DIR\.\n$", await FailsAsync("--data", "/proc/data", "--port", "0"));

    [Fact]
    public async Task An_unknown_option_is_named() => Assert.StartsWith("--prot is not an option.", await FailsAsync("--prot", "1"), StringComparison.Ordinal);

    [Fact]
    public async Task Two_runs_do_not_share_a_folder()
    {
        await using var first = new Run(data);
        await first.ReadyAsync();
        Assert.Equal(
            $"The folder {data} is in use by another run: stop that one, or choose another with --data DIR.\n",
            await FailsAsync("--data", data, "--port", "0"));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    async Task<string> StartStopAsync(int signal)
    {
        await using var run = new Run(data);
        await run.ReadyAsync();
        var servers = run.ServerPids();
        Assert.Equal(2, servers.Length);
        run.Signal(signal);
        await Patience.UntilAsync("the end of its servers", () => Task.FromResult(servers.Any(IsRunning) ? null : "ended"));
        return await File.ReadAllTextAsync(Path.Combine(data, "secrets.json"));
    }

    static bool IsRunning(int pid) => Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ");

    static async Task<string> FailsAsync(params string[] arguments)
    {
        var command = Programs.Command("Standalone", arguments);
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
        return said;
    }

    sealed class Run(string data) : IAsyncDisposable
    {
        readonly ChildProcess process = ChildProcess.Start(Programs.Command("Standalone", "--data", data, "--port", "0"), data + ".log");

        public Task ReadyAsync() => Patience.UntilAsync("run.json", () => Task.FromResult(
            process.HasExited ? throw new InvalidOperationException(process.LogTail(20)) : File.Exists(Path.Combine(data, "run.json")) ? "ready" : null));

        public void Signal(int signal) => process.Signal(signal);

        public int[] ServerPids() => [.. Directory.GetFiles(data, "*.pid").Select(f => int.Parse(File.ReadAllText(f), CultureInfo.InvariantCulture))];

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
