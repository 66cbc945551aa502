using System.Diagnostics;
using SaaS.Analytics.Standalone.Embedded;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Standalone;

public sealed class ChildProcessTests
{
    readonly string folder = Directory.CreateTempSubdirectory("child-").FullName;

    [Fact]
    public async Task Closing_it_stops_the_server_with_its_signal()
    {
        var child = ChildProcess.Start(["/bin/sh", "-c", "trap 'echo stopped; exit 0' TERM; echo up; while :; do sleep 0.05; done"], Log);
        await LineAsync("up");
        var server = child.ServerPid!.Value;
        await child.DisposeAsync();
        Assert.Contains("stopped", await File.ReadAllTextAsync(Log));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(server));
    }

    [Fact]
    public async Task It_ends_when_the_server_ends_and_keeps_what_it_said()
    {
        await using var child = ChildProcess.Start(["/bin/sh", "-c", "echo no room; exit 3"], Log);
        await child.Exited;
        Assert.True(child.HasExited);
        Assert.Equal("no room", child.LogTail());
    }

    [Fact]
    public async Task RabbitMQ_starts_and_takes_connections()
    {
        var url = (await Servers.RabbitAsync()).NewVirtualHost();
        Assert.StartsWith("amqp://test:test@127.0.0.1:", url, StringComparison.Ordinal);
    }

    string Log => Path.Combine(folder, "log");

    async Task LineAsync(string line)
    {
        for (var tries = 0; tries < 200; tries++, await Task.Delay(50))
            if (File.Exists(Log) && (await File.ReadAllTextAsync(Log)).Contains(line)) return;
        Assert.Fail($"The child never said '{line}'.");
    }
}
