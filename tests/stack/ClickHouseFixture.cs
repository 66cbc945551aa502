using SaaS.Analytics.Migrations;
using Xunit;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>A fresh, migrated database; on the server of <c>CLICKHOUSE_CONNECTION</c> where that is set.</summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    public string Connection { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var name = Servers.NewName();
        Connection = Environment.GetEnvironmentVariable("CLICKHOUSE_CONNECTION") is { Length: > 0 } server
            ? $"{server};Database={name}"
            : (await Servers.ClickHouseAsync()).Login(name);
        await ClickHouseMigrator.UpAsync(new MigrationSettings("", "", "", Connection));
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
