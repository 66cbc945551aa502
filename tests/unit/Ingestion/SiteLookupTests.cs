using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SaaS.Analytics.Data;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SiteLookupTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_site_that_is_not_in_the_list_yet_is_looked_for_before_it_is_refused()
    {
        var id = await NewSiteAsync();
        var lookup = Lookup(postgres.System);
        Assert.Equal(id, (await lookup.FindAsync(id))?.TrackingId);
    }

    [Fact]
    public async Task A_site_that_does_not_exist_is_not_found_and_words_that_are_no_id_are_not_even_looked_for()
    {
        Assert.Null(await Lookup(postgres.System).FindAsync(TrackingId.New()));
        Assert.Null(await Lookup(Away).FindAsync("st_'; DROP TABLE sites"));
        Assert.Null(await Lookup(Away).FindAsync(null));
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_nobody_is_told_that_a_site_does_not_exist()
    {
        var refused = await Assert.ThrowsAsync<RefusedRequestException>(async () => await Lookup(Away).FindAsync(TrackingId.New()));
        Assert.Equal(503, refused.Status);
    }

    const string Away = "Host=127.0.0.1;Port=1;Timeout=1;Database=none";

    static SiteLookup Lookup(string connection) =>
        new(new SiteList(), new SiteListReader(new Databases(connection)), TimeProvider.System, NullLogger<SiteLookup>.Instance);

    async Task<string> NewSiteAsync()
    {
        await using var db = new Databases(postgres.System).CreateDbContext();
        var tenant = new Tenant { Name = "T", CreatedAt = DateTime.UtcNow };
        var site = new Site { TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = "fresh.example", Name = "Fresh", TimeZone = "UTC", CreatedAt = DateTime.UtcNow };
        db.AddRange(tenant, site);
        await db.SaveChangesAsync();
        return site.TrackingId;
    }

    sealed class Databases(string connection) : IDbContextFactory<SystemDb>
    {
        public SystemDb CreateDbContext() =>
            new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options);
    }
}
