using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Migrations;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Migrations;

public sealed class MigrationTests(PostgresFixture postgres, ClickHouseFixture clickHouse)
    : IClassFixture<PostgresFixture>, IClassFixture<ClickHouseFixture>
{
    MigrationSettings Settings => new(postgres.Owner, postgres.App, postgres.System, clickHouse.Connection);

    [Fact]
    public async Task Nothing_is_pending_after_up_and_up_again_changes_nothing()
    {
        Assert.Empty(await PostgresMigrator.PendingAsync(Settings));
        Assert.Empty(await ClickHouseMigrator.PendingAsync(Settings));
        await PostgresMigrator.UpAsync(Settings);
        await ClickHouseMigrator.UpAsync(Settings);
    }

    [Fact]
    public async Task The_model_needs_no_migration_that_is_not_there()
    {
        await using var db = PostgresMigrator.Context(postgres.Owner);
        Assert.False(db.Database.HasPendingModelChanges());
    }
}
