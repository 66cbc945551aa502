using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using SaaS.Analytics.Data;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Tests.Workers;

public sealed class SiteChannelsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    static readonly ChannelFacts Acme = new("acme", "", "", "", "", "acme.example");

    [Fact]
    public async Task The_newest_version_of_a_site_is_in_force_and_one_that_cannot_be_read_is_none()
    {
        await using var db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);
        var (tenant, own, broken) = await SeedAsync(db);
        db.Add(Version(tenant, own, 1, ChannelRuleVersion.Write([new("First", [[new("source", Is: ["acme"])]])])));
        db.Add(Version(tenant, broken, 1, """{"no": "rules"}"""));
        await db.SaveChangesAsync();
        var channels = new SiteChannels(NullLogger<SiteChannels>.Instance);
        var before = await channels.ReadAsync(db, CancellationToken.None);
        Assert.Equal("First", before[own]!.Channel(Acme));
        Assert.Null(before[broken]);
        Assert.Same(before[own], (await channels.ReadAsync(db, CancellationToken.None))[own]);
        db.Add(Version(tenant, own, 2, ChannelRuleVersion.Write([new("Second", [[new("referrer", Like: "*.example")]]), .. ChannelRules.Shipped])));
        await db.SaveChangesAsync();
        Assert.Equal("Second", (await channels.ReadAsync(db, CancellationToken.None))[own]!.Channel(Acme));
    }

    static ChannelRuleVersion Version(Guid tenant, int site, int number, string rules) =>
        new() { TenantId = tenant, SiteId = site, Number = number, Rules = rules, Change = "Test", PublishedAt = DateTime.UtcNow };

    static async Task<(Guid Tenant, int Own, int Broken)> SeedAsync(SystemDb db)
    {
        var tenant = Guid.CreateVersion7();
        Site[] sites = [NewSite(tenant), NewSite(tenant)];
        db.Add(new Tenant { Id = tenant, Name = "T", CreatedAt = DateTime.UtcNow });
        db.AddRange(sites);
        await db.SaveChangesAsync();
        return (tenant, sites[0].Id, sites[1].Id);
    }

    static Site NewSite(Guid tenant) => new()
    {
        TenantId = tenant, TrackingId = TrackingId.New(), Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC", CreatedAt = DateTime.UtcNow,
    };
}
