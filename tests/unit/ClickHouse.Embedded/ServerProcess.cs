using System.Diagnostics;
using ClickHouse.Driver;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

/// <summary>The embedded server as its own process, started the way a launcher does.</summary>
public sealed class ServerProcess : IDisposable
{
    public const string User = "tester";
    public const string Password = "a secret : with colon";

    private ServerProcess(Process process, int port) => (Process, Port) = (process, port);

    public Process Process { get; }
    public int Port { get; }

    public static async Task<ServerProcess> StartAsync(string data, params string[] more)
    {
        var process = Launch(["--data", data, "--port", "0", .. more]);
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new ServerProcess(process, new Uri(line["listening on ".Length..]).Port);
    }

    public static Process Launch(params string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "SaaS.Analytics.ClickHouse.Embedded.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CLICKHOUSE_USER"] = User, ["CLICKHOUSE_PASSWORD"] = Password },
        };
        return Process.Start(start)!;
    }

    public ClickHouseClient Connect(string password = Password) => new(new ClickHouseClientSettings
    {
        Host = "127.0.0.1",
        Port = (ushort)Port,
        Username = User,
        Password = password,
    });

    /// <summary>Like power going off for the process: SIGKILL.</summary>
    public void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Kill();
        Process.Dispose();
    }
}
