using Npgsql;
using SaaS.Analytics.Migrations;
using Xunit;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>A fresh, migrated database; on the server of <c>TEST_POSTGRES</c> (owner's connection string) where that is set.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>All classes share one server: what a finished one has pooled must not keep its connections from the others.</summary>
    const int IdleSeconds = 15;

    public string Owner { get; private set; } = "";
    public string App { get; private set; } = "";
    public string System { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var server = Environment.GetEnvironmentVariable("TEST_POSTGRES") ?? (await Servers.PostgresAsync()).Owner;
        var name = Servers.NewName();
        Owner = Login(server, name, null);
        App = Login(server, name, "app_test");
        System = Login(server, name, "system_test");
        await PostgresMigrator.UpAsync(new MigrationSettings(Owner, App, System, ""));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    static string Login(string server, string database, string? role)
    {
        var login = new NpgsqlConnectionStringBuilder(server) { Database = database, ConnectionIdleLifetime = IdleSeconds, ConnectionPruningInterval = IdleSeconds / 3 };
        if (role is not null) (login.Username, login.Password) = (role, role);
        return login.ConnectionString;
    }
}
