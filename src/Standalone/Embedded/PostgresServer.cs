using System.Diagnostics;
using Npgsql;

namespace SaaS.Analytics.Standalone.Embedded;

/// <summary>PostgreSQL from an npm package or the system, as a child of this process, on 127.0.0.1 only.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string Superuser = "analytics_owner";
    readonly ChildProcess child;

    PostgresServer(ChildProcess child, int port, string password)
    {
        this.child = child;
        Port = port;
        Owner = Login(Superuser, password);
    }

    public int Port { get; }

    /// <summary>Connection string of the owner, without a database of its own (<c>postgres</c>).</summary>
    public string Owner { get; }

    public ChildProcess Process => child;

    /// <param name="data">Its folder; made and initialised where missing.</param>
    /// <param name="password">The owner's password, set when the folder is made.</param>
    /// <param name="port">Where it listens; 0: on a port that is free.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">No PostgreSQL is installed, or it does not start: one sentence that says so.</exception>
    public static async Task<PostgresServer> StartAsync(string data, string password, int port = 0, CancellationToken cancel = default)
    {
        var programs = PostgresPrograms.Find();
        if (!File.Exists(Path.Combine(data, "PG_VERSION"))) await InitializeAsync(programs, data, password, cancel);
        if (port == 0) port = FreePort.Next();
        string[] command = [.. PostgresPrograms.RunAs(data), Path.Combine(programs, "postgres"), "-D", data, "-p", $"{port}", .. Options()];
        var server = new PostgresServer(ChildProcess.Start(command, data + ".log", stopSignal: "INT"), port, password);
        await server.WaitAsync(cancel);
        return server;
    }

    public string Login(string user, string password, string database = "postgres") => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Username = user, Password = password, Database = database,
    }.ConnectionString;

    public ValueTask DisposeAsync() => child.DisposeAsync();

    static IEnumerable<string> Options() => new[]
    {
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=64MB", "max_connections=300", "jit=off",
        "wal_level=minimal", "max_wal_senders=0", "max_wal_size=256MB", "timezone=UTC", "log_min_messages=warning",
    }.SelectMany(o => new[] { "-c", o });

    static async Task InitializeAsync(string programs, string data, string password, CancellationToken cancel)
    {
        Directory.CreateDirectory(data);
        PostgresPrograms.HandOver(data);
        var secret = Path.Combine(data + ".secret");
        await File.WriteAllTextAsync(secret, password, cancel);
        PostgresPrograms.HandOver(secret);
        string[] command =
        [
            .. PostgresPrograms.RunAs(data), Path.Combine(programs, "initdb"), "-D", data, "-U", Superuser, "--pwfile", secret,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C",
        ];
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        File.Delete(secret);
        if (process.ExitCode != 0) throw new InvalidOperationException($"PostgreSQL could not prepare {data}: {said[1].Trim()}");
    }

    async Task WaitAsync(CancellationToken cancel)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50, cancel))
        {
            if (child.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"PostgreSQL did not start: {child.LogTail()}");
            try
            {
                await using var connection = new NpgsqlConnection(Owner + ";Pooling=false;Timeout=5");
                await connection.OpenAsync(cancel);
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
            {
                // Not listening yet, or still starting up.
            }
        }
    }
}
