using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Small days, counted by hand as the definitions read.</summary>
public sealed class HandCountedTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly DateTime At = ReportWorld.Now.AddHours(-3);

    /// <summary>
    /// Visit 1 (consented, its first): /a read to 40 then 80 %, /b to 20 %, ends on /b, 12 s of engagement, buys for 30.50.
    /// Visit 2 (cookieless): /a to 60 %, ends there, 2 s. Visit 3 (consented, its second): /b, no engagement.
    /// </summary>
    async Task<AuthorizedSite> PagesAsync()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection,
        [
            Event(site, 1, "/a"), Engagement(site, 1, "/a", 5000, 40), Engagement(site, 1, "/a", 4000, 80), Event(site, 1, "/b"), Engagement(site, 1, "/b", 3000, 20),
            Event(site, 1, "/b", "Order") with { Revenue = 30.50m, Currency = "EUR" },
            Event(site, 2, "/a", mode: VisitorMode.Cookieless), Engagement(site, 2, "/a", 2000, 60, VisitorMode.Cookieless), Event(site, 3, "/b"),
        ],
        [
            Visit(site, 1, "/a", "/b", pages: 2, 12_000), Visit(site, 2, "/a", "/a", pages: 1, 2000, VisitorMode.Cookieless), Visit(site, 3, "/b", "/b", pages: 1, 0) with { VisitNumber = 2 },
        ]);
        return site;
    }

    [Theory]
    [InlineData("scroll_depth", 160.0 / 3)] // (80 + 20 + 60) over three pairs of visit and page
    [InlineData("engagement_time", 14.0)]
    [InlineData("time_on_page", 7.0)] // 14 s over the two visits that had engagement
    [InlineData("engaged_visits", 1.0)]
    [InlineData("engagement_rate", 100.0 / 3)]
    [InlineData("exit_rate", 75.0)] // three exits over four page views
    [InlineData("new_visitors", 1.0)] // the cookieless one cannot be told
    [InlineData("returning_visitors", 1.0)]
    [InlineData("total_revenue", 30.5)]
    [InlineData("average_revenue", 30.5)]
    [InlineData("percentage", 100.0)]
    public async Task A_day(string metric, double expected)
    {
        var result = await AskAsync(await PagesAsync(), $$"""{"metrics":["{{metric}}"],"date_range":"day"}""");
        Assert.Equal(expected, result.Rows[0].Metrics[0]!.Value, 9);
    }

    [Fact]
    public async Task Its_pages()
    {
        var result = await AskAsync(await PagesAsync(), """{"metrics":["pageviews","scroll_depth","time_on_page","exit_rate","percentage"],"date_range":"day","dimensions":["event:page"],"order_by":[["event:page","asc"]]}""");
        Assert.Equal([2, 70, 5.5, 50, 200.0 / 3], result.Rows[0].Metrics.Select(m => m!.Value));
        Assert.Equal([2, 20, 3, 100, 200.0 / 3], result.Rows[1].Metrics.Select(m => m!.Value));
    }

    [Fact]
    public async Task A_metric_that_needs_a_memory_says_of_which_share_it_speaks()
    {
        var site = await PagesAsync();
        Assert.Equal(200.0 / 3, (await AskAsync(site, """{"metrics":["new_visitors"],"date_range":"day"}""")).Meta.Coverage!.Value, 9);
        Assert.Null((await AskAsync(site, """{"metrics":["visitors"],"date_range":"day"}""")).Meta.Coverage);
    }

    [Theory]
    [InlineData("has_done", "Order", 1)]
    [InlineData("has_not_done", "Order", 2)]
    [InlineData("has_done", "pageview", 3)]
    public async Task Visitors_by_what_else_they_have_done(string kind, string name, double visitors)
    {
        var site = await PagesAsync();
        var result = await AskAsync(site, $$"""{"metrics":["visitors","visits"],"date_range":"day","filters":[["{{kind}}",["is","event:name",["{{name}}"]]]]}""");
        Assert.Equal([visitors, visitors], result.Rows[0].Metrics);
        var onPage = await AskAsync(site, """{"metrics":["visitors"],"date_range":"day","filters":[["is","event:page",["/b"]],["has_not_done",["is","event:name",["Order"]]]]}""");
        Assert.Equal(1, onPage.Rows[0].Metrics[0]);
    }

    [Fact]
    public async Task Clicks_on_ads_count_from_the_third_hit_of_the_month_on()
    {
        // Visitor 1 hits ad x three times, one of them at the month's beginning: three clicks, two of them today. Visitor 2 hits it
        // twice: none. Visitor 3 is cookieless and hits it five times: none can be told.
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection,
        [
            Ad(site, 1, "ad_click") with { Timestamp = At.AddDays(-20) }, Ad(site, 1, "ad_click"), Ad(site, 1, "ad_click"), Ad(site, 2, "ad_click"), Ad(site, 2, "ad_click"),
            .. Enumerable.Range(0, 5).Select(_ => Ad(site, 3, "ad_click", VisitorMode.Cookieless)),
            Ad(site, 1, "ad_impression"), Ad(site, 1, "ad_impression"), Ad(site, 2, "ad_impression"), Ad(site, 3, "ad_impression", VisitorMode.Cookieless),
        ], []);
        var today = await AskAsync(site, """{"metrics":["impressions","ad_hits","clicks","clickers","ctr","unique_monthly_visitors"],"date_range":"day","dimensions":["event:ad"]}""");
        Assert.Equal([4, 9, 2, 1, 50, 2], today.Rows.Single().Metrics);
        var month = await AskAsync(site, """{"metrics":["ad_hits","clicks","clickers"],"date_range":"month","dimensions":["event:ad"]}""");
        Assert.Equal([10, 3, 1], month.Rows.Single().Metrics);
    }

    Task<ReportResult> AskAsync(AuthorizedSite site, string json) => world.Reporter.RunAsync(site.Query(json, ReportWorld.Now), default);

    static EventRow Event(AuthorizedSite site, ulong visitor, string path, string name = "pageview", VisitorMode mode = VisitorMode.Consented) => new()
    {
        SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = At, ClientTimestamp = At, ReceivedAt = At, ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = visitor, VisitId = visitor, Name = name, Path = path, VisitorMode = mode,
    };

    static EventRow Engagement(AuthorizedSite site, ulong visitor, string path, uint milliseconds, byte depth, VisitorMode mode = VisitorMode.Consented) =>
        Event(site, visitor, path, EventNames.Engagement, mode) with { EngagementMs = milliseconds, ScrollDepth = depth };

    static EventRow Ad(AuthorizedSite site, ulong visitor, string name, VisitorMode mode = VisitorMode.Consented) => Event(site, visitor, "/", name, mode) with { AdId = "x" };

    static VisitRow Visit(AuthorizedSite site, ulong id, string entry, string exit, uint pages, ulong engagement, VisitorMode mode = VisitorMode.Consented) => new()
    {
        SiteId = site.Id, VisitorId = id, VisitId = id, Version = 1, FirstReceivedAt = At, Start = At, End = At.AddSeconds(60), VisitNumber = 1, Pageviews = pages,
        EngagementMs = engagement, EntryPath = entry, ExitPath = exit, VisitorMode = mode,
    };
}
