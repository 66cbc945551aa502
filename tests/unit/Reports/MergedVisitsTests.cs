using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Reports between the rows of a repair's visits and the new labels of their events.</summary>
public sealed class MergedVisitsTests(ReportWorld world, PostgresFixture postgres) : IClassFixture<ReportWorld>, IClassFixture<PostgresFixture>
{
    readonly DateTime at = ReportWorld.Now.AddHours(-2);

    [Fact]
    public async Task Events_of_a_visit_that_another_took_over_count_in_that_one_while_the_repair_is_at_work()
    {
        var databases = new PooledDbContextFactory<SystemDb>(
            new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);
        var (site, reporter) = (SampleSite.New(ReportWorld.NewSiteId()), world.NewReporter(databases));
        var (first, second, third) = (ulong.MaxValue, 2ul, 3ul);
        await TestRows.InsertAsync(world.Connection,
            [Event(site.Id, first, at), Event(site.Id, second, at.AddMinutes(20)), Event(site.Id, third, at.AddMinutes(40)), Event(site.Id, 4, at)],
            [Visit(site.Id, first) with { Pageviews = 3 }, Visit(site.Id, second) with { MergedInto = first }, Visit(site.Id, third) with { MergedInto = second },
             Visit(site.Id, 4) with { VisitorId = 99, MergedInto = 4 }, Visit(site.Id, 4)]);
        const string ofPages = """{"metrics":["visits","pageviews"],"date_range":"day","dimensions":["event:page"]}""";
        const string ofSources = """{"metrics":["pageviews"],"date_range":"day","dimensions":["visit:source"]}""";
        await using var db = databases.CreateDbContext();
        db.Add(new WaitingRepair { SiteId = site.Id, VisitorId = 1, Ids = [1], FirstAt = at, LastAt = at });
        await db.SaveChangesAsync();
        Assert.Equal([2, 4], (await reporter.RunAsync(site.Query(ofPages, ReportWorld.Now), default)).Rows.Single().Metrics);
        Assert.Equal([4], (await reporter.RunAsync(site.Query(ofSources, ReportWorld.Now), default)).Rows.Single().Metrics);
        await db.VisitRepairs.ExecuteDeleteAsync();
        Assert.Equal([4, 4], (await reporter.RunAsync(site.Query(ofPages, ReportWorld.Now), default)).Rows.Single().Metrics);
    }

    static EventRow Event(int site, ulong visit, DateTime at) => new()
    {
        SiteId = site, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at.AddSeconds(1), ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = 1, VisitId = visit, Name = "pageview", Path = "/a",
    };

    VisitRow Visit(int site, ulong id) => new()
    {
        SiteId = site, VisitorId = 1, VisitId = id, Version = 1, FirstReceivedAt = at, Start = at, End = at.AddMinutes(40), Pageviews = 1, EntryPath = "/a", ExitPath = "/a", Source = "s",
    };
}
