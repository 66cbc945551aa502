using System.Reflection;
using Hangfire.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Migrations;

/// <summary>Brings PostgreSQL to the newest schema: roles, EF Core migrations, tables of the jobs, then row-level security and rights.</summary>
public static class PostgresMigrator
{
    public static async Task UpAsync(MigrationSettings settings, CancellationToken cancel = default)
    {
        await using var db = Context(settings.PostgresOwner);
        await CreateDatabaseAsync(settings.PostgresOwner, cancel);
        var app = await CreateRoleAsync(db, settings.PostgresApp, "NOBYPASSRLS", cancel);
        var system = await CreateRoleAsync(db, settings.PostgresSystem, "BYPASSRLS", cancel);
        await db.Database.MigrateAsync(cancel);
        await PrepareJobsAsync(settings.PostgresOwner, cancel);
        await ExecuteAsync(db, Security().Replace("{app}", app).Replace("{system}", system), cancel);
    }

    /// <summary>Names of migrations not applied yet.</summary>
    public static async Task<IEnumerable<string>> PendingAsync(MigrationSettings settings, CancellationToken cancel = default)
    {
        await using var db = Context(settings.PostgresOwner);
        return await db.Database.GetPendingMigrationsAsync(cancel);
    }

    public static SystemDb Context(string connection) => new(new DbContextOptionsBuilder<SystemDb>()
        .UseNpgsql(connection, npgsql => npgsql.MigrationsAssembly(typeof(PostgresMigrator).Assembly.GetName().Name))
        .UseSnakeCaseNamingConvention().Options);

    static async Task CreateDatabaseAsync(string owner, CancellationToken cancel)
    {
        var database = new NpgsqlConnectionStringBuilder(owner).Database;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Database = "postgres" });
        await using var find = server.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        find.Parameters.AddWithValue(database!);
        if (await find.ExecuteScalarAsync(cancel) is not null) return;
        await using var create = server.CreateCommand($"CREATE DATABASE {Quote(database!)}");
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <returns>The role's name, quoted.</returns>
    static async Task<string> CreateRoleAsync(SystemDb db, string connection, string bypass, CancellationToken cancel)
    {
        var login = new NpgsqlConnectionStringBuilder(connection);
        var role = Quote(login.Username!);
        var password = (login.Password ?? "").Replace("'", "''");
        await ExecuteAsync(db, $"""
            DO $do$ BEGIN
              CREATE ROLE {role} LOGIN PASSWORD '{password}' NOSUPERUSER {bypass};
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$;
            """, cancel);
        return role;
    }

    /// <summary>The tables of Hangfire, which the workers' role may use but not change.</summary>
    static async Task PrepareJobsAsync(string owner, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(cancel);
        PostgreSqlObjectsInstaller.Install(connection, "hangfire");
    }

    static async Task ExecuteAsync(SystemDb db, string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(db.Database.GetConnectionString()!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    static string Security()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("postgres/security.sql")!;
        return new StreamReader(stream).ReadToEnd();
    }

    static string Quote(string name) => '"' + name.Replace("\"", "\"\"") + '"';
}
