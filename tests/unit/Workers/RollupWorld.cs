using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Operator;
using SaaS.Analytics.Workers.Rollups;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>The jobs of rollups on real stores, with a clock that the test moves.</summary>
sealed class RollupWorld
{
    readonly WorkerStack stack;

    public RollupWorld(WorkerStack stack)
    {
        this.stack = stack;
        Databases = new PooledDbContextFactory<SystemDb>(
            new DbContextOptionsBuilder<SystemDb>().UseNpgsql(stack.Postgres.System).UseSnakeCaseNamingConvention().Options);
        var store = new RollupStore(stack.Store.Client);
        Sites = new SiteCatalog(Databases, new SiteChannels(NullLogger<SiteChannels>.Instance), new SiteAlertRules(NullLogger<SiteAlertRules>.Instance), new Patience(Clock, NullLogger<Patience>.Instance), Options.Create(new BrokerSettings { Partitions = 2 }));
        Marks = new DirtyMarks(Databases, Sites, Clock);
        Job = new RollupJob(Databases, store, Clock, Options.Create(new RollupBudget()), NullLogger<RollupJob>.Instance);
        var alerts = new OperatorAlerts(Databases, Options.Create(new OperatorSettings()), Clock, NullLogger<OperatorAlerts>.Instance);
        Audit = new RollupAudit(Databases, store, Marks, alerts, Clock);
        Months = new MonthJob(Databases, new MonthStore(store), store, Clock, NullLogger<MonthJob>.Instance);
    }

    /// <summary>21 November 2026, noon.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    public IDbContextFactory<SystemDb> Databases { get; }
    public SiteCatalog Sites { get; }
    public DirtyMarks Marks { get; }
    public RollupJob Job { get; }
    public RollupAudit Audit { get; }
    public MonthJob Months { get; }

    public static DateOnly Day(int day) => new(2026, 11, day);

    /// <summary>A site that has had an event, alone: those of other tests are taken out of the jobs' way.</summary>
    public async Task<Site> SiteAsync()
    {
        await using var db = stack.Database();
        await db.Sites.ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, (DateTime?)null));
        var site = await stack.SiteAsync();
        await db.Sites.Where(s => s.Id == site.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, DateTime.UtcNow));
        return site;
    }

    /// <summary>One page view of the visitor; an event on an ad where one is named.</summary>
    public Task StoreAsync(Site site, DateTime at, ulong visitor = 1, string name = "pageview", string ad = "", string mode = "consented") =>
        stack.Store.Client.ExecuteNonQueryAsync($"""
            INSERT INTO events (site_id, event_id, timestamp, received_at, visitor_id, visitor_mode, visit_id, name, path, ad_id)
            VALUES ({site.Id}, generateUUIDv4(), '{at:yyyy-MM-dd HH:mm:ss}', '{at:yyyy-MM-dd HH:mm:ss}', {visitor}, '{mode}', {visitor}, '{name}', '/', '{ad}')
            """);

    public async Task<List<RollupDay>> DaysAsync(Site site)
    {
        await using var db = stack.Database();
        return await db.RollupDays.AsNoTracking().Where(d => d.SiteId == site.Id).OrderBy(d => d.Day).ToListAsync();
    }

    /// <summary>Days that reports would read from rollups.</summary>
    public async Task<IEnumerable<DateOnly>> ValidAsync(Site site) =>
        (await new RollupDays(Databases, Clock, NullLogger<RollupDays>.Instance).OfAsync(AuthorizedSite.ForRollups(site), default)).Keys.Order();

    public async Task<List<DirtyDay>> DirtyAsync(Site site)
    {
        await using var db = stack.Database();
        return await db.DirtyDays.AsNoTracking().Where(d => d.SiteId == site.Id).ToListAsync();
    }

    /// <summary>As the API answers: month, state, ad and numbers of each row.</summary>
    public async Task<IReadOnlyList<MonthRow>> MonthsAsync(Site site) =>
        await new Months(new ReportStore(stack.Store.Client), Databases, Clock).OfAsync(AuthorizedSite.ForRollups(site), default);
}
