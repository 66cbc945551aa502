using System.Reflection;
using ClickHouse.Driver.ADO;

namespace SaaS.Analytics.Migrations;

/// <summary>Brings ClickHouse to the newest schema: every <c>clickhouse/NNNN_*.sql</c> once, in order.</summary>
public static class ClickHouseMigrator
{
    public static async Task UpAsync(MigrationSettings settings, CancellationToken cancel = default)
    {
        await CreateDatabaseAsync(settings.ClickHouse, cancel);
        await using var connection = new ClickHouseConnection(settings.ClickHouse);
        await ExecuteAsync(connection,
            "CREATE TABLE IF NOT EXISTS schema_migrations (name String, applied_at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name", cancel);
        foreach (var name in await PendingAsync(connection, cancel))
        {
            foreach (var statement in Statements(name)) await ExecuteAsync(connection, statement, cancel);
            await ExecuteAsync(connection, $"INSERT INTO schema_migrations (name) VALUES ('{name}')", cancel);
        }
    }

    /// <summary>Names of scripts not applied yet.</summary>
    public static async Task<IReadOnlyList<string>> PendingAsync(MigrationSettings settings, CancellationToken cancel = default)
    {
        await using var connection = new ClickHouseConnection(settings.ClickHouse);
        return await PendingAsync(connection, cancel);
    }

    static async Task<IReadOnlyList<string>> PendingAsync(ClickHouseConnection connection, CancellationToken cancel)
    {
        var applied = new HashSet<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM schema_migrations";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) applied.Add(reader.GetString(0));
        return [.. Scripts().Where(name => !applied.Contains(name))];
    }

    static IEnumerable<string> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith("clickhouse/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    static IEnumerable<string> Statements(string script)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!;
        var lines = new StreamReader(stream).ReadToEnd().Split('\n').Where(l => !l.StartsWith("--", StringComparison.Ordinal));
        return string.Join('\n', lines).Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancel)
    {
        var builder = new ClickHouseConnectionStringBuilder(connectionString);
        var database = builder.Database;
        builder.Database = "default";
        await using var connection = new ClickHouseConnection(builder.ConnectionString);
        await ExecuteAsync(connection, $"CREATE DATABASE IF NOT EXISTS `{database}`", cancel);
    }

    static async Task ExecuteAsync(ClickHouseConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
