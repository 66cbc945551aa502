using ClickHouse.Driver;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;
using Calendar = SaaS.Analytics.Reports.Calendar;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>The same question over random traffic, from rollups with holes and from raw alone: the same answer.</summary>
public sealed class RollupTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly DateOnly First = new(2026, 10, 14);
    static readonly DateOnly Last = new(2026, 11, 2);

    /// <summary>Days that changed since they were built: their rows must not be read.</summary>
    static readonly DateOnly[] Dirty = [new(2026, 10, 20), new(2026, 10, 21), new(2026, 10, 25)];

    static readonly string[] OfWholeVisits = ["visit_duration", "new_visitors", "returning_visitors", "engaged_visits", "engagement_rate"];
    static readonly string[] Rollable =
    [
        "visitors", "visits", "pageviews", "events", "views_per_visit", "bounce_rate", "visit_duration", "engagement_time", "time_on_page", "exit_rate",
        "engaged_visits", "engagement_rate", "new_visitors", "returning_visitors", "total_revenue", "average_revenue", "impressions", "ad_hits",
    ];

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kathmandu")]
    public async Task Days_answer_as_raw_does(string zone)
    {
        var (site, facts) = await BuildAsync(zone, seed: 11);
        var range = new Calendar(zone).Days(First, Last);
        foreach (var key in RolledDimensions.All.Select(d => d.Key))
            foreach (var time in new[] { null, "time:day", "time:week", "time:month" })
                await SameAsync(new ReportQuery(site, range) { Metrics = MetricsBy(key), Dimensions = Keys(time, key) }, facts, "rollup:day+raw");
    }

    [Fact]
    public async Task Filters_are_pushed_down_to_the_rows_of_rollups()
    {
        var (site, facts) = await BuildAsync("Europe/Berlin", seed: 12);
        foreach (var filter in new[]
        {
            """["is", "visit:source", ["Google", "O'Reilly"]]""", """["not", ["contains", "visit:source", ["OO"], {"case_sensitive": false}]]""",
            """["or", [["matches", "visit:source", ["^B"]], ["is", "visit:source", ["Direct / None"]]]]""",
            """["is", "event:page", ["/docs", "/"]]""", """["is_not", "event:page", ["/it's \"odd\"\\"]]""",
        })
        {
            var query = site.Query($$"""{"metrics":["visitors","visits","pageviews","events","views_per_visit"],"date_range":["{{First:yyyy-MM-dd}}","{{Last:yyyy-MM-dd}}"],"filters":[{{filter}}]}""", ReportWorld.Now);
            await SameAsync(query, facts, "rollup:day+raw");
            await SameAsync(query with { Dimensions = [Dimensions.Get("time:day")] }, facts, "rollup:day+raw");
        }
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "time:hour")]
    [InlineData("America/Los_Angeles", "time:day")]
    [InlineData("Australia/Lord_Howe", null)]
    [InlineData("Europe/Berlin", "time:hour")]
    [InlineData("Europe/Berlin", "time:hour_of_week")]
    public async Task Quarters_of_an_hour_add_up_in_any_zone(string zone, string? time)
    {
        var (site, facts) = await BuildAsync("Europe/Berlin", seed: 13);
        var range = new Calendar(zone).Days(First.AddDays(1), Last.AddDays(-1));
        foreach (var key in RolledDimensions.All.Where(d => d.Quarters).Select(d => d.Key))
        {
            if (time is null && key == "" && zone == "Europe/Berlin") continue;
            await SameAsync(new ReportQuery(site, range) { TimeZone = zone, Metrics = MetricsBy(key), Dimensions = Keys(time, key) }, facts, "rollup:15min+raw");
        }
    }

    [Fact]
    public async Task Many_distinct_visitors_are_within_one_per_cent_and_said_to_be_approximate()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId(), "Etc/UTC");
        using var client = new ClickHouseClient(world.Connection);
        await client.ExecuteNonQueryAsync($"""
            INSERT INTO events (site_id, timestamp, received_at, visitor_id, visit_id, name, path)
            SELECT {site.Id}, toDateTime64('2026-10-14 00:00:00', 3, 'UTC') + (number % 20) * 86400 + number % 80000, toDateTime64('2026-10-14 00:00:00', 3, 'UTC'), sipHash64(number % 120000), sipHash64(number), 'pageview', '/' FROM numbers(300000)
            """);
        var facts = await RollAsync(site);
        var query = new ReportQuery(site, new Calendar("Etc/UTC").Days(First, Last)) { Metrics = [Metrics.Get("visitors"), Metrics.Get("pageviews")] };
        var (rolled, exact) = (await RowsAsync(query, ReadingChoice.Of(query, facts, long.MaxValue)), await RowsAsync(query, Reading.AllRaw(query.Range)));
        Assert.Equal(120_000.0, exact[0][0]);
        Assert.InRange((double)rolled[0][0], 118_800, 121_200);
        Assert.Equal(exact[0][1], rolled[0][1]);
        Assert.Equal("raw", ReadingChoice.Of(query with { Exact = true }, facts, long.MaxValue).Source);
        Assert.True(Approximation(query, facts, (double)rolled[0][0]));
        Assert.False(Approximation(query, facts, 9_999));
    }

    static bool Approximation(ReportQuery query, SiteFacts facts, double visitors) =>
        SaaS.Analytics.Reports.Approximation.Is(query, ReadingChoice.Of(query, facts, long.MaxValue), new Answer([new ReportRow([], [visitors, 1])], null, null));

    /// <summary>Traffic of the days, built, with some days changed after it.</summary>
    async Task<(AuthorizedSite Site, SiteFacts Facts)> BuildAsync(string zone, int seed)
    {
        var site = SampleSite.New(ReportWorld.NewSiteId(), zone);
        var calendar = new Calendar(zone);
        var (from, to) = (calendar.Start(First.AddDays(-1)), calendar.Start(Last.AddDays(1)));
        var traffic = new RandomTraffic(seed, site.Id, from, to, visits: 700);
        await TestRows.InsertAsync(world.Connection, traffic.Events, traffic.Visits);
        var facts = await RollAsync(site);
        var late = new RandomTraffic(seed + 100, site.Id, calendar.Start(Dirty[0]).AddHours(2), calendar.Start(Dirty[1]).AddHours(18), visits: 30);
        await TestRows.InsertAsync(world.Connection, late.Events, late.Visits);
        return (site, facts);
    }

    async Task<SiteFacts> RollAsync(AuthorizedSite site)
    {
        using var client = ClickHouseSetup.Client(world.Connection);
        var store = new RollupStore(client);
        var calendar = new Calendar(site.TimeZone);
        // What an earlier build, half done, has left behind must not be seen.
        await store.BuildAsync(site, calendar.Days(First, First.AddDays(3)), 1, RollupGrain.Day, default);
        foreach (var grain in new[] { RollupGrain.Day, RollupGrain.QuarterHour }) await store.BuildAsync(site, calendar.Days(First, Last), 2, grain, default);
        var days = Enumerable.Range(0, Last.DayNumber - First.DayNumber).Select(First.AddDays).Except(Dirty);
        return new SiteFacts(days.ToDictionary(d => d, d => new BuiltDay(d, 2, 0)), ReportWorld.Now);
    }

    async Task SameAsync(ReportQuery query, SiteFacts facts, string source)
    {
        var reading = ReadingChoice.Of(query, facts, long.MaxValue);
        Assert.True(source == reading.Source, $"{reading.Source}: {reading.Why}");
        var (rolled, raw) = (await RowsAsync(query, reading), await RowsAsync(query, Reading.AllRaw(query.Range)));
        Assert.Equal(Lines(raw), Lines(rolled));
    }

    Task<List<object[]>> RowsAsync(ReportQuery query, Reading reading) => world.Store.RowsAsync(Planner.Plan(query, reading), default);

    static IEnumerable<string> Lines(List<object[]> rows) =>
        rows.Select(r => string.Join('|', r.Select(v => v is double d ? d.ToString("F6", System.Globalization.CultureInfo.InvariantCulture) : $"{v}"))).Order(StringComparer.Ordinal);

    static List<Metric> MetricsBy(string key) => [.. Rollable.Where(m => key switch
    {
        "" => true,
        "event:name" => !OfWholeVisits.Contains(m) && m is not ("bounce_rate" or "exit_rate"),
        _ when key.StartsWith("event:", StringComparison.Ordinal) => !OfWholeVisits.Contains(m),
        _ => true,
    }).Select(Metrics.Get)];

    static List<Dimension> Keys(params string?[] keys) => [.. keys.Where(k => !string.IsNullOrEmpty(k)).Select(k => Dimensions.Get(k!))];
}
