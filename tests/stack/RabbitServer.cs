using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>RabbitMQ of the system's package as a child process, with a stock of empty vhosts. Started again on the same folder it is the same broker.</summary>
public sealed class RabbitServer : IAsyncDisposable
{
    const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    const string Control = "/usr/lib/rabbitmq/bin/rabbitmqctl";
    const int VirtualHosts = 48;
    readonly string data;
    readonly int port;
    int taken;

    RabbitServer(ChildProcess process, string data, int port) => (Process, this.data, this.port) = (process, data, port);

    public ChildProcess Process { get; }

    /// <summary>The broker itself: the process started is a script that waits for it.</summary>
    public int Pid => int.Parse(File.ReadAllText(PidFile(data)), CultureInfo.InvariantCulture);

    /// <param name="data">Its folder; made where missing.</param>
    /// <param name="atPort">Where it listens; 0: on a port that is free.</param>
    public static async Task<RabbitServer> StartAsync(string data, int atPort = 0)
    {
        if (!File.Exists(Program)) throw new InvalidOperationException("RabbitMQ is not installed: apt-get install rabbitmq-server.");
        Directory.CreateDirectory(data);
        var port = atPort == 0 ? FreePort.Next() : atPort;
        File.Delete(PidFile(data));
        await File.WriteAllTextAsync(Path.Combine(data, "definitions.json"), Definitions());
        await File.WriteAllTextAsync(Path.Combine(data, "rabbitmq.conf"), Configuration(data, port));
        await File.WriteAllTextAsync(Path.Combine(data, "plugins"), "[].");
        var child = ChildProcess.Start([Program], Path.Combine(data, "server.log"), Environment(data));
        await ListeningAsync(child, port);
        return new RabbitServer(child, data, port);
    }

    public string NewVirtualHost()
    {
        var number = Interlocked.Increment(ref taken);
        if (number >= VirtualHosts) throw new InvalidOperationException("All vhosts are taken; raise RabbitServer.VirtualHosts.");
        return Url($"v{number}");
    }

    public string Url(string virtualHost) => $"amqp://test:test@127.0.0.1:{port}/{virtualHost}";

    /// <summary>Runs <c>rabbitmqctl</c> against this broker.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Control, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment(data)) start.Environment[name] = value;
        using var process = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {string.Concat(said)}");
        return said[0];
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

    static string PidFile(string data) => Path.Combine(data, "pid");

    /// <summary>Nodes are told apart by their names, also those of other test runs on the machine; the files belong to the name.</summary>
    static string NodeName(string data)
    {
        var file = Path.Combine(data, "node");
        if (!File.Exists(file)) File.WriteAllText(file, $"test{System.Environment.ProcessId}x{Random.Shared.Next(10_000)}@localhost");
        return File.ReadAllText(file);
    }

    static Dictionary<string, string> Environment(string data) => new()
    {
        ["HOME"] = data,
        ["RABBITMQ_NODENAME"] = NodeName(data),
        ["RABBITMQ_DIST_PORT"] = $"{FreePort.Next()}",
        ["RABBITMQ_CTL_DIST_PORT_MIN"] = "32000",
        ["RABBITMQ_CTL_DIST_PORT_MAX"] = "32700",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(data, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(data, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(data, "rabbitmq"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(data, "plugins"),
        ["RABBITMQ_PID_FILE"] = PidFile(data),
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
