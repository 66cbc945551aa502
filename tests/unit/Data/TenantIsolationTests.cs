using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Data;

public sealed class TenantIsolationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    readonly Guid mine = Guid.CreateVersion7();
    readonly Guid theirs = Guid.CreateVersion7();

    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_no_others()
    {
        await SeedAsync();
        await using var db = TenantView(mine);
        Assert.Equal(mine, (await db.Tenants.SingleAsync()).Id);
        Assert.Equal(mine, (await db.Sites.SingleAsync()).TenantId);
    }

    [Fact]
    public async Task Row_level_security_holds_where_the_filter_is_switched_off()
    {
        await SeedAsync();
        await using var db = TenantView(mine);
        Assert.Equal(mine, (await db.Sites.IgnoreQueryFilters().SingleAsync()).TenantId);
        Assert.Equal(mine, (await db.Tenants.IgnoreQueryFilters().SingleAsync()).Id);
    }

    [Fact]
    public async Task Without_a_tenant_nothing_is_visible_and_nothing_can_be_written()
    {
        await SeedAsync();
        await using var source = NpgsqlDataSource.Create(postgres.App);
        await using var count = source.CreateCommand("SELECT count(*) FROM sites");
        Assert.Equal(0L, await count.ExecuteScalarAsync());
        await using var steal = source.CreateCommand($"UPDATE sites SET tenant_id = '{mine}'");
        Assert.Equal(0, await steal.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task A_row_cannot_be_given_to_another_tenant()
    {
        await SeedAsync();
        await using var db = TenantView(mine);
        db.Sites.Add(NewSite(theirs));
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.Equal("42501", Assert.IsType<PostgresException>(refused.InnerException).SqlState);
    }

    [Fact]
    public async Task The_tenant_does_not_stay_on_a_pooled_connection()
    {
        await SeedAsync();
        for (var round = 0; round < 5; round++)
        {
            await using (var db = TenantView(mine)) Assert.Single(await db.Sites.ToListAsync());
            await using (var db = TenantView(theirs)) Assert.Equal(theirs, (await db.Sites.SingleAsync()).TenantId);
            await using (var db = TenantView(Guid.Empty)) Assert.Empty(await db.Sites.ToListAsync());
        }
    }

    async Task SeedAsync()
    {
        await using var db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);
        foreach (var tenant in (Guid[])[mine, theirs])
            db.AddRange(new Tenant { Id = tenant, Name = "T", CreatedAt = DateTime.UtcNow }, NewSite(tenant));
        await db.SaveChangesAsync();
    }

    static Site NewSite(Guid tenant) => new()
    {
        TenantId = tenant, TrackingId = TrackingId.New(), Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC", CreatedAt = DateTime.UtcNow,
    };

    AnalyticsDb TenantView(Guid tenant)
    {
        var scope = new TenantScope();
        if (tenant != Guid.Empty) scope.Enter(tenant);
        return new AnalyticsDb(new DbContextOptionsBuilder<AnalyticsDb>().UseNpgsql(postgres.App).UseSnakeCaseNamingConvention()
            .AddInterceptors(new TenantConnection(scope)).Options, scope);
    }
}
