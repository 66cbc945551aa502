using Npgsql;
using SaaS.Analytics.Migrations;
using SaaS.Analytics.Standalone.Embedded;

namespace SaaS.Analytics.Standalone;

/// <summary>PostgreSQL and ClickHouse, embedded or given, started and migrated.</summary>
public sealed class Stores : IAsyncDisposable
{
    const string Database = "analytics";
    readonly List<IAsyncDisposable> servers = [];

    Stores(MigrationSettings connections) => Connections = connections;

    public MigrationSettings Connections { get; private set; }

    /// <summary>ClickHouse's address with credentials, for <c>run.json</c>; null for a given server.</summary>
    public string? ClickHouseUrl { get; private set; }

    /// <summary>Ends when an embedded server ends, with a sentence about it.</summary>
    public Task<string> Ended { get; private set; } = new TaskCompletionSource<string>().Task;

    /// <exception cref="StandaloneException">A server does not start or cannot be reached.</exception>
    public static async Task<Stores> StartAsync(StandaloneOptions options, DataDirectory data, CancellationToken cancel)
    {
        var stores = new Stores(new MigrationSettings("", "", "", ""));
        try
        {
            await Task.WhenAll(stores.PostgresAsync(options, data, cancel), stores.ClickHouseAsync(options, data, cancel));
            return stores;
        }
        catch (Exception e) when (e is InvalidOperationException or NpgsqlException or HttpRequestException)
        {
            await stores.DisposeAsync();
            throw new StandaloneException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
    }

    async Task PostgresAsync(StandaloneOptions options, DataDirectory data, CancellationToken cancel)
    {
        var server = options.Postgres ?? await EmbeddedPostgresAsync(data, cancel);
        string Role(string name, string password) => new NpgsqlConnectionStringBuilder(server) { Username = name, Password = password }.ConnectionString;
        lock (servers)
            Connections = Connections with
            {
                PostgresOwner = server,
                PostgresApp = Role("analytics_app", data.Secrets.PostgresApp),
                PostgresSystem = Role("analytics_system", data.Secrets.PostgresSystem),
            };
        await PostgresMigrator.UpAsync(Connections, cancel);
    }

    async Task<string> EmbeddedPostgresAsync(DataDirectory data, CancellationToken cancel)
    {
        var server = await PostgresServer.StartAsync(data.Sub("postgres"), data.Secrets.PostgresOwner, cancel: cancel);
        Watch(server, server.Process, "PostgreSQL");
        return new NpgsqlConnectionStringBuilder(server.Owner) { Database = Database }.ConnectionString;
    }

    async Task ClickHouseAsync(StandaloneOptions options, DataDirectory data, CancellationToken cancel)
    {
        var connection = options.ClickHouse ?? await EmbeddedClickHouseAsync(data, cancel);
        lock (servers) Connections = Connections with { ClickHouse = connection };
        await ClickHouseMigrator.UpAsync(Connections, cancel);
    }

    async Task<string> EmbeddedClickHouseAsync(DataDirectory data, CancellationToken cancel)
    {
        var server = await ClickHouseServer.StartAsync(data.Sub("clickhouse"), data.Secrets.ClickHouse, cancel: cancel);
        Watch(server, server.Process, "ClickHouse");
        ClickHouseUrl = server.Url(Database);
        return server.Login(Database);
    }

    void Watch(IAsyncDisposable server, ChildProcess process, string name)
    {
        lock (servers)
        {
            servers.Add(server);
            var end = process.Exited.ContinueWith(_ => $"{name} has stopped: {process.LogTail(3)}", TaskScheduler.Default);
            Ended = Task.WhenAny(Ended, end).Unwrap();
        }
    }
}
