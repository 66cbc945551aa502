using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

public sealed class ReporterTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly string[] Hostile =
    [
        "' OR 1=1 --", "'); DROP TABLE events; --", "\\", "\\'", "\"", "`", "{p0:String}", "%", "_", "\t\n\r\0\b\f", "\\N", "日本語 🎉", "[1,2]", "$zone", new string('x', 4000),
    ];

    public static TheoryData<int> HostileValues => [.. Enumerable.Range(0, Hostile.Length)];

    [Theory]
    [MemberData(nameof(HostileValues))]
    public async Task A_hostile_value_finds_itself_and_nothing_else(int index)
    {
        var value = Hostile[index];
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await PageViewsAsync(site.Id, "/before" + value, value, "/other", "1");
        Assert.Equal([value], await RowsAsync(site, "is", value));
        var containing = await RowsAsync(site, "contains", value);
        Assert.Equal(new[] { "/before" + value, value }.Order(StringComparer.Ordinal), containing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_wrong_regular_expression_is_the_askers_mistake()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await PageViewsAsync(site.Id, "/a");
        var wrong = await Assert.ThrowsAsync<ReportQueryException>(() => RowsAsync(site, "matches", "(("));
        Assert.Equal("filters[0][2][0]", wrong.Field);
    }

    [Fact]
    public async Task A_site_sees_nothing_of_another()
    {
        var (mine, other) = (SampleSite.New(ReportWorld.NewSiteId()), SampleSite.New(ReportWorld.NewSiteId()));
        var traffic = new RandomTraffic(1, other.Id, ReportWorld.Now.AddDays(-3), ReportWorld.Now, visits: 50);
        await TestRows.InsertAsync(world.Connection, traffic.Events, traffic.Visits);
        foreach (var dimension in Dimensions.All.Select(d => d.Key).Append("event:props:plan"))
        {
            var result = await AskAsync(mine, $$"""{"metrics":["visitors"],"date_range":"7d","dimensions":["{{dimension}}"]}""");
            Assert.All(result.Rows, row => Assert.Equal(0, row.Metrics[0]));
        }
        var overviews = await new SiteOverviews(world.Store, world.Time).OfAsync([mine], default);
        Assert.All(overviews[mine.Id].Hours, hour => Assert.Equal(0, hour));
    }

    [Fact]
    public async Task A_hand_counted_day()
    {
        // Visit 1: two pages, 90 s, entered by /a. Visit 2: one page, 4 s of engagement, a bounce, entered by /b. A bot, not counted.
        var (site, at) = (SampleSite.New(ReportWorld.NewSiteId()), ReportWorld.Now.AddHours(-2));
        await TestRows.InsertAsync(world.Connection,
            [Event(site.Id, 1, "/a", at), Event(site.Id, 1, "/b", at.AddSeconds(90)), Event(site.Id, 2, "/b", at), Event(site.Id, 3, "/b", at, bot: 100)],
            [Visit(site.Id, 1, "/a", at, 90, pages: 2, 0), Visit(site.Id, 2, "/b", at, 4, pages: 1, 4000), Visit(site.Id, 3, "/b", at, 0, pages: 1, 0, bot: 100)]);
        const string metrics = """["visitors","visits","pageviews","views_per_visit","bounce_rate","visit_duration"]""";
        var all = await AskAsync(site, $$"""{"metrics":{{metrics}},"date_range":"day"}""");
        Assert.Equal([2, 2, 3, 1.5, 50, 47], all.Rows[0].Metrics);
        var onB = await AskAsync(site, $$"""{"metrics":{{metrics}},"date_range":"day","filters":[["is","event:page",["/b"]]]}""");
        Assert.Equal([2, 2, 2, 1, 100, 47], onB.Rows[0].Metrics);
        var bots = await AskAsync(site, """{"metrics":["visitors"],"date_range":"day","filters":[["is","event:is_bot",["true"]]]}""");
        Assert.Equal(1, bots.Rows[0].Metrics[0]);
        Assert.Equal(at.AddSeconds(91), all.Meta.Freshness);
    }

    [Fact]
    public async Task The_newest_version_of_a_visit_counts_and_a_merged_one_does_not()
    {
        var (site, at) = (SampleSite.New(ReportWorld.NewSiteId()), ReportWorld.Now.AddHours(-2));
        var first = Visit(site.Id, 1, "/a", at, 0, pages: 1, 0);
        await TestRows.InsertAsync(world.Connection, [Event(site.Id, 1, "/a", at)],
            [first, first with { Version = 2, Pageviews = 2, End = at.AddSeconds(60) }, Visit(site.Id, 9, "/a", at, 0, pages: 1, 0) with { MergedInto = 1 }]);
        var result = await AskAsync(site, """{"metrics":["visits","bounce_rate","visit_duration"],"date_range":"day"}""");
        Assert.Equal([1, 0, 60], result.Rows[0].Metrics);
    }

    [Fact]
    public async Task A_comparison_stands_beside_its_row()
    {
        var (site, at) = (SampleSite.New(ReportWorld.NewSiteId(), "Etc/UTC"), ReportWorld.Now.AddHours(-2));
        await TestRows.InsertAsync(world.Connection,
            [Event(site.Id, 1, "/a", at), Event(site.Id, 2, "/a", at), Event(site.Id, 3, "/a", at.AddDays(-1)), Event(site.Id, 4, "/gone", at.AddDays(-1)), Event(site.Id, 5, "/a", at.AddHours(-20))], []);
        var pages = await AskAsync(site, """{"metrics":["visitors"],"date_range":"day","dimensions":["event:page"],"include":{"comparisons":{"mode":"previous_period"},"total_rows":true}}""");
        Assert.Equal(2, Assert.Single(pages.Rows).Compared!.Metrics[0]);
        Assert.Equal(1, pages.Meta.TotalRows);
        var query = site.Query("""{"metrics":["visitors"],"date_range":"day","include":{"comparisons":{"mode":"previous_period"}}}""", ReportWorld.Now);
        var cut = await world.Reporter.RunAsync(query with { CompareUntilNow = true }, default);
        Assert.Equal(2, cut.Rows[0].Compared!.Metrics[0]);
        Assert.Equal(100, Change.Of(Metrics.Get("visitors"), 1, 2));
    }

    [Fact]
    public async Task A_series_has_no_gaps_and_labels_for_all()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        var result = await AskAsync(site, """{"metrics":["visitors","bounce_rate"],"date_range":["2026-10-25","2026-10-25"],"dimensions":["time:hour"],"include":{"time_labels":true}}""");
        Assert.Equal(25, result.Rows.Count);
        Assert.All(result.Rows, r => Assert.Equal([0, null], r.Metrics));
        Assert.Equal(result.Rows.Select(r => r.Dimensions[0]), result.Meta.TimeLabels);
        Assert.Equal(2, result.Rows.Count(r => r.Dimensions[0] == "2026-10-25 02:00:00"));
    }

    [Fact]
    public async Task Cards_of_many_sites_come_from_one_query()
    {
        var (berlin, kathmandu) = (SampleSite.New(ReportWorld.NewSiteId()), SampleSite.New(ReportWorld.NewSiteId(), "Asia/Kathmandu"));
        await TestRows.InsertAsync(world.Connection,
        [
            Event(berlin.Id, 1, "/", ReportWorld.Now.AddMinutes(-4)), Event(berlin.Id, 2, "/", ReportWorld.Now.AddHours(-12)),
            Event(berlin.Id, 3, "/", ReportWorld.Now.AddHours(-25)), Event(berlin.Id, 4, "/", ReportWorld.Now.AddHours(-23)),
            Event(kathmandu.Id, 1, "/", ReportWorld.Now.AddHours(-18)),
        ], []);
        var cards = await new SiteOverviews(world.Store, world.Time).OfAsync([berlin, kathmandu], default);
        Assert.Equal((2, 1), (cards[berlin.Id].VisitorsToday, cards[berlin.Id].VisitorsYesterday));
        Assert.Equal((0, 0), (cards[kathmandu.Id].VisitorsToday, cards[kathmandu.Id].VisitorsYesterday));
        Assert.Equal((24, 1, 1), (cards[berlin.Id].Hours.Count, cards[berlin.Id].Hours[^1], cards[kathmandu.Id].Hours.Sum()));
        Assert.Equal(1, await new ActiveVisitors(world.Store, world.Time).CountAsync(berlin, default));
    }

    Task<ReportResult> AskAsync(Tenancy.AuthorizedSite site, string json) => world.Reporter.RunAsync(site.Query(json, ReportWorld.Now), default);

    async Task<IEnumerable<string>> RowsAsync(Tenancy.AuthorizedSite site, string kind, string value)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { metrics = new[] { "visitors" }, date_range = "day", dimensions = new[] { "event:page" }, filters = new object[] { new object[] { kind, "event:page", new[] { value } } } });
        return (await AskAsync(site, body)).Rows.Select(r => r.Dimensions[0]);
    }

    Task PageViewsAsync(int site, params string[] paths) => TestRows.InsertAsync(world.Connection,
        paths.Select((path, i) => Event(site, (ulong)i + 1, path, ReportWorld.Now.AddHours(-1))), []);

    static EventRow Event(int site, ulong visit, string path, DateTime at, byte bot = 0) => new()
    {
        SiteId = site, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at.AddSeconds(1), ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = visit, VisitId = visit, Name = "pageview", Path = path, BotScore = bot,
    };

    static VisitRow Visit(int site, ulong id, string entry, DateTime start, int seconds, uint pages, ulong engagement, byte bot = 0) => new()
    {
        SiteId = site, VisitorId = id, VisitId = id, Version = 1, FirstReceivedAt = start, Start = start, End = start.AddSeconds(seconds),
        Pageviews = pages, EngagementMs = engagement, EntryPath = entry, ExitPath = entry, BotScore = bot,
    };
}
