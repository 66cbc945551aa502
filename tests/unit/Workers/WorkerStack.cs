using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Tests.Store;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Real PostgreSQL and ClickHouse engine for workers.</summary>
public sealed class WorkerStack : IAsyncLifetime
{
    public PostgresFixture Postgres { get; } = new();
    public StoreFixture Store { get; } = new();
    public string Smtp { get; set; } = "";

    public async Task InitializeAsync()
    {
        await Postgres.InitializeAsync();
        await Store.InitializeAsync();
    }

    public Task DisposeAsync() => Store.DisposeAsync();

    public SystemDb Database() =>
        new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(Postgres.System).UseSnakeCaseNamingConvention().Options);

    /// <summary>A new site, in the partition asked for.</summary>
    public async Task<Site> SiteAsync(int partition = 0, int partitions = 2)
    {
        await using var db = Database();
        var tenant = new Tenant { Id = Guid.CreateVersion7(), Name = "T", CreatedAt = DateTime.UtcNow };
        db.Add(tenant);
        for (; ; )
        {
            var site = new Site
            {
                TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = $"{Guid.NewGuid():n}.example", Name = "S", TimeZone = "UTC",
                CreatedAt = DateTime.UtcNow,
            };
            db.Add(site);
            await db.SaveChangesAsync();
            if (Partitions.Of(site.Id, partitions) == partition) return site;
        }
    }
}
