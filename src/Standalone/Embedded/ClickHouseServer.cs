using System.Diagnostics;

namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>The ClickHouse engine behind its HTTP interface (<c>src/ClickHouse.Embedded</c>) as a child of this process.</summary>
public sealed class ClickHouseServer : IAsyncDisposable
{
    const string User = "analytics";
    readonly ChildProcess child;
    readonly string password;

    ClickHouseServer(ChildProcess child, int port, string password) => (this.child, Port, this.password) = (child, port, password);

    public int Port { get; }

    public ChildProcess Process => child;

    /// <param name="data">Its folder; made where missing.</param>
    /// <param name="password">What clients must send.</param>
    /// <param name="port">Where it listens; 0: on a port that is free.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message is what it said.</exception>
    public static async Task<ClickHouseServer> StartAsync(string data, string password, int port = 0, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(data);
        var portFile = data + ".port";
        File.Delete(portFile);
        string[] command =
        [
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", Program(),
            "--data", data, "--port", $"{port}", "--port-file", portFile,
        ];
        var child = ChildProcess.Start(command, data + ".log", new Dictionary<string, string>
        {
            ["CLICKHOUSE_USER"] = User, ["CLICKHOUSE_PASSWORD"] = password,
        });
        return new ClickHouseServer(child, await PortAsync(child, portFile, cancel), password);
    }

    /// <summary>ClickHouse.Driver's connection string.</summary>
    public string Login(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={User};Password={password};Database={database};Compression=false";

    /// <summary>Address for any HTTP client, credentials included.</summary>
    public string Url(string database) => $"http://{User}:{password}@127.0.0.1:{Port}/?database={database}";

    public ValueTask DisposeAsync() => child.DisposeAsync();

    static async Task<int> PortAsync(ChildProcess child, string portFile, CancellationToken cancel)
    {
        for (var watch = Stopwatch.StartNew(); !child.HasExited && watch.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50, cancel))
            if (File.Exists(portFile) && int.TryParse(await File.ReadAllTextAsync(portFile, cancel), out var port))
                return port;
        throw new InvalidOperationException($"The ClickHouse engine did not start: {child.LogTail()}");
    }

    static string Program() => Path.Combine(AppContext.BaseDirectory, "SaaS.Analytics.ClickHouse.Embedded.dll");
}
