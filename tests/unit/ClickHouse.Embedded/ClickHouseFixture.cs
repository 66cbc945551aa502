using ClickHouse.Driver;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Tests.EmbeddedClickHouse;

/// <summary>
/// A database for tests: in the embedded server, or in the real one that the environment variable
/// CLICKHOUSE_CONNECTION names.
/// </summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("clickhouse-test-").FullName;
    private ServerProcess? _server;

    public static string? RealServer => Environment.GetEnvironmentVariable("CLICKHOUSE_CONNECTION");

    public string Database { get; } = $"test_{Guid.NewGuid():N}";
    public ClickHouseClient Client { get; private set; } = null!;
    public ServerProcess Server => _server ?? throw new InvalidOperationException("Only the embedded server is a process of ours.");

    public async Task InitializeAsync()
    {
        if (RealServer is null)
            _server = await ServerProcess.StartAsync(_data);
        using var first = _server?.Connect() ?? new ClickHouseClient(RealServer!);
        await first.ExecuteNonQueryAsync($"CREATE DATABASE {Database} ENGINE = Atomic");
        Client = new ClickHouseClient(new ClickHouseClientSettings(first.Settings) { Database = Database });
    }

    public async Task DisposeAsync()
    {
        await Client.ExecuteNonQueryAsync($"DROP DATABASE {Database}");
        Client.Dispose();
        _server?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Creates a table of its own for a test and names it.</summary>
    public async Task<string> TableAsync(string columns, string rest = "ENGINE = MergeTree ORDER BY tuple()")
    {
        var name = $"t_{Guid.NewGuid():N}";
        await Client.ExecuteNonQueryAsync($"CREATE TABLE {name} ({columns}) {rest}");
        return name;
    }

    public async Task<T> ScalarAsync<T>(string sql, QueryOptions? options = null) =>
        (T)Convert.ChangeType(await Client.ExecuteScalarAsync(sql, options: options), typeof(T), System.Globalization.CultureInfo.InvariantCulture)!;

    public static QueryOptions With(params (string Name, object Value)[] settings) =>
        new() { CustomSettings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
}

[CollectionDefinition(nameof(ClickHouseFixture))]
public sealed class ClickHouseTests : ICollectionFixture<ClickHouseFixture>;

/// <summary>A test of the process itself, skipped when a real server is tested.</summary>
public sealed class EmbeddedFactAttribute : FactAttribute
{
    public EmbeddedFactAttribute() => Skip = ClickHouseFixture.RealServer is null ? null! : "A real server is tested.";
}
