using ClickHouse.Driver;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Workers.Rollups;

namespace SaaS.Analytics.Bench.Reports;

/// <summary>A site with twelve months of events on the ClickHouse engine, rolled up as the product does it.</summary>
sealed class ReportStack
{
    const int Visits = 2_500_000;
    const int LongAgo = 500;
    const int FewestDays = 330;
    readonly PostgresFixture postgres = new();
    readonly ClickHouseFixture clickHouse = new();
    PooledDbContextFactory<SystemDb> databases = null!;

    public AuthorizedSite Site { get; private set; } = null!;
    public StoreHttp Http { get; private set; } = null!;
    public ReportStore Store { get; private set; } = null!;
    public DateTime Now { get; } = DateTime.UtcNow;

    /// <summary>The site's days that are rolled up, each with the build that holds.</summary>
    public IReadOnlyDictionary<DateOnly, BuiltDay> Built { get; private set; } = null!;

    public static async Task<ReportStack> StartAsync()
    {
        var stack = new ReportStack();
        await Task.WhenAll(stack.postgres.InitializeAsync(), stack.clickHouse.InitializeAsync());
        stack.databases = new(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(stack.postgres.System).UseSnakeCaseNamingConvention().Options);
        stack.Http = await StoreHttp.ToAsync(stack.clickHouse.Connection);
        stack.Store = new ReportStore(new ClickHouseClient(stack.clickHouse.Connection), new ReportLimits { LiveSeconds = 600 });
        var site = await stack.AddSiteAsync();
        await stack.GenerateAsync(site);
        await stack.RollUpAsync();
        stack.Built = await stack.RollupDays().OfAsync(stack.Site, default);
        return stack;
    }

    /// <summary>As a portal has it, with nothing kept yet.</summary>
    public Answers NewAnswers()
    {
        var cache = new ServiceCollection().AddHybridCache().Services.BuildServiceProvider().GetRequiredService<HybridCache>();
        return new Answers(Store, RollupDays(), cache, new SitePulse(), TimeProvider.System);
    }

    public SiteFacts Facts => new(Built, Now);

    RollupDays RollupDays() => new(databases, TimeProvider.System, NullLogger<RollupDays>.Instance);

    async Task<Site> AddSiteAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var tenant = new Tenant { Name = "Bench", CreatedAt = Now };
        var site = new Site
        {
            TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = "example.com", Name = "Bench", TimeZone = "Europe/Vienna", CreatedAt = Now.AddDays(-LongAgo), FirstEventAt = Now,
        };
        db.AddRange(tenant, site);
        await db.SaveChangesAsync();
        Site = AuthorizedSite.For(new Member { TenantId = tenant.Id, UserId = Guid.NewGuid(), Role = MemberRole.Viewer, CreatedAt = Now }, site)!;
        return site;
    }

    /// <summary>Inside the engine, month by month, so that each is a part or two as after merges.</summary>
    async Task GenerateAsync(Site site)
    {
        var begin = DateRanges.Named("12mo", Site, Now)!.Value.From;
        var (from, number) = (begin, 0L);
        while (from < Now)
        {
            var to = new DateTime(from.Year, from.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            if (to > Now) to = Now;
            var count = (long)(Visits * ((to - from) / (Now - begin)));
            await FillAsync(site.Id, from, to, number, count);
            (from, number) = (to, number + count);
        }
    }

    /// <summary>Visits and their events.</summary>
    public async Task FillAsync(int site, DateTime from, DateTime to, long first, long count)
    {
        var values = new Dictionary<string, string>
        {
            ["site"] = $"{site}", ["from"] = $"{Ms(from)}", ["to"] = $"{Ms(to)}", ["first"] = $"{first}", ["count"] = $"{count}",
        };
        const string OneBlock = "\nSETTINGS min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 0, max_insert_threads = 1, max_partitions_per_insert_block = 0, insert_deduplicate = 0";
        await Http.RunAsync(SqlFile.Read("visits", values) + OneBlock);
        await Http.RunAsync(SqlFile.Read("events", values) + OneBlock);
    }

    async Task RollUpAsync()
    {
        using var client = ClickHouseSetup.Client(clickHouse.Connection);
        var job = new RollupJob(databases, new RollupStore(client), TimeProvider.System, Options.Create(new RollupBudget { Seconds = 600 }), NullLogger<RollupJob>.Instance);
        var built = await job.RunAsync(default);
        if (built < FewestDays) throw new InvalidOperationException($"Only {built} days could be rolled up.");
    }

    public static long Ms(DateTime at) => new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
