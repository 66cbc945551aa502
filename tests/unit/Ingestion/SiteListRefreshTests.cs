using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SiteListRefreshTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_site_made_in_the_portal_is_known_at_once_and_over_a_restart_without_PostgreSQL()
    {
        var id = TrackingId.New();
        var host = await CollectorHost.StartAsync(settings: ("Postgres:System", postgres.System));
        var sites = host.Services.GetRequiredService<SiteList>();
        await using (var db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options))
        {
            var tenant = new Tenant { Name = "T", CreatedAt = DateTime.UtcNow };
            db.Add(tenant);
            db.Add(new Site { TenantId = tenant.Id, TrackingId = id, Domain = "new.example", Name = "New", TimeZone = "UTC", CreatedAt = DateTime.UtcNow });
            db.Add(new ApiKey { TenantId = tenant.Id, Name = "server", Prefix = "sk_1", Hash = System.Security.Cryptography.SHA256.HashData("sk_1"u8), Scopes = ["events:write"], CreatedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
            await SpoolFixture.UntilAsync(() => sites.Find(id) is { } site && sites.WriteKey("sk_1", site) is { Imports: false });

            tenant.Status = TenantStatus.Suspended;
            await db.SaveChangesAsync();
            await SpoolFixture.UntilAsync(() => sites.Find(id)!.Suspended);
        }
        await host.DisposeAsync();
        Assert.Contains(id, await File.ReadAllTextAsync(Path.Combine(host.SpoolFolder, "sites.json")));
    }
}
