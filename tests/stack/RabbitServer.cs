using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>RabbitMQ of the system's package as a child process, with a stock of empty vhosts.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    const int VirtualHosts = 48;
    readonly int port;
    int taken;

    RabbitServer(ChildProcess process, int port) => (Process, this.port) = (process, port);

    public ChildProcess Process { get; }

    public static async Task<RabbitServer> StartAsync(string data)
    {
        if (!File.Exists(Program)) throw new InvalidOperationException("RabbitMQ is not installed: apt-get install rabbitmq-server.");
        Directory.CreateDirectory(data);
        var port = FreePort.Next();
        await File.WriteAllTextAsync(Path.Combine(data, "definitions.json"), Definitions());
        await File.WriteAllTextAsync(Path.Combine(data, "rabbitmq.conf"), Configuration(data, port));
        await File.WriteAllTextAsync(Path.Combine(data, "plugins"), "[].");
        var child = ChildProcess.Start([Program], Path.Combine(data, "server.log"), Environment(data));
        await ListeningAsync(child, port);
        return new RabbitServer(child, port);
    }

    public string NewVirtualHost()
    {
        var number = Interlocked.Increment(ref taken);
        if (number >= VirtualHosts) throw new InvalidOperationException("All vhosts are taken; raise RabbitServer.VirtualHosts.");
        return $"amqp://test:test@127.0.0.1:{port}/v{number}";
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    static string Definitions() => JsonSerializer.Serialize(new
    {
        users = new[] { new { name = "test", password = "test", tags = "administrator" } },
        vhosts = Enumerable.Range(0, VirtualHosts).Select(n => new { name = $"v{n}" }),
        permissions = Enumerable.Range(0, VirtualHosts)
            .Select(n => new { user = "test", vhost = $"v{n}", configure = ".*", write = ".*", read = ".*" }),
    });

    static string Configuration(string data, int port) => $"""
        listeners.tcp.1 = 127.0.0.1:{port}
        load_definitions = {Path.Combine(data, "definitions.json")}
        consumer_timeout = 86400000
        log.console = true
        log.console.level = warning
        log.file = false
        """;

    static Dictionary<string, string> Environment(string data) => new()
    {
        ["HOME"] = data,
        ["RABBITMQ_NODENAME"] = $"test{System.Environment.ProcessId}x{Random.Shared.Next(10_000)}@localhost",
        ["RABBITMQ_DIST_PORT"] = $"{FreePort.Next()}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(data, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(data, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(data, "rabbitmq"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(data, "plugins"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(data, "pid"),
        ["RABBITMQ_IO_THREAD_POOL_SIZE"] = "4",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
    };

    static async Task ListeningAsync(ChildProcess child, int port)
    {
        for (var attempt = 0; attempt < 600; attempt++, await Task.Delay(100))
        {
            if (child.HasExited) break;
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // Still starting.
            }
        }
        throw new InvalidOperationException($"RabbitMQ did not start: {child.LogTail(20)}");
    }
}
