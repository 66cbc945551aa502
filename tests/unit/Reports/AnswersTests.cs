using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

public sealed class AnswersTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    const string Visitors = """{"metrics":["visitors"],"date_range":"day","dimensions":["event:page"]}""";

    [Fact]
    public async Task The_same_question_is_answered_from_what_is_kept_and_another_is_not()
    {
        var (site, reporter) = (SampleSite.New(ReportWorld.NewSiteId()), world.NewReporter(null, new ReportLimits { LiveSeconds = 600 }));
        Assert.False((await AskAsync(reporter, site, Visitors)).Meta.Cached);
        Assert.True((await AskAsync(reporter, site, Visitors)).Meta.Cached);
        Assert.False((await AskAsync(reporter, site, Visitors.Replace("visitors", "events"))).Meta.Cached);
        Assert.False((await AskAsync(reporter, SampleSite.New(ReportWorld.NewSiteId()), Visitors)).Meta.Cached);
    }

    [Fact]
    public async Task News_of_the_site_make_an_answer_about_today_a_new_question()
    {
        var (site, reporter) = (SampleSite.New(ReportWorld.NewSiteId()), world.NewReporter(null, new ReportLimits { LiveSeconds = 600 }));
        await AskAsync(reporter, site, Visitors);
        world.Pulse.Heard(site.Id, "one more event");
        Assert.False((await AskAsync(reporter, site, Visitors)).Meta.Cached);
        Assert.True((await AskAsync(reporter, site, Visitors)).Meta.Cached);
    }

    [Fact]
    public async Task Those_who_ask_the_same_at_once_wait_for_one_run()
    {
        var (site, answers) = (SampleSite.New(ReportWorld.NewSiteId()), world.NewAnswers(null, new ReportLimits { LiveSeconds = 600, Concurrency = 1, Waiting = 0 }));
        var query = site.Query(Visitors, ReportWorld.Now);
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => answers.OfAsync(query, default)));
        Assert.Single(all, a => !a.Cached);
    }

    [Fact]
    public async Task A_statement_beyond_the_tenants_slots_is_refused_with_what_to_do()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        var answers = world.NewAnswers(null, new ReportLimits { LiveSeconds = 0, ClosedMinutes = 0, Concurrency = 1, Waiting = 0, WaitSeconds = 1 });
        var tasks = Enumerable.Range(1, 20).Select(n => answers.OfAsync(site.Query(Visitors, ReportWorld.Now) with { Limit = n }, default)).ToList();
        var refused = await Assert.ThrowsAsync<ReportLimitException>(() => Task.WhenAll(tasks));
        Assert.True(refused.Later);
        Assert.Contains("Send fewer at once", refused.Message);
    }

    [Fact]
    public async Task A_query_that_reads_or_needs_too_much_says_what_to_change()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        var traffic = new RandomTraffic(3, site.Id, ReportWorld.Now.AddHours(-8), ReportWorld.Now, visits: 300);
        await TestRows.InsertAsync(world.Connection, traffic.Events, traffic.Visits);
        var refused = await Assert.ThrowsAsync<ReportLimitException>(() => AskAsync(world.NewReporter(null, new ReportLimits { Rows = 10 }), site, Visitors));
        Assert.False(refused.Later);
        Assert.Contains("shorter range", refused.Message);
        using var client = new ClickHouse.Driver.ClickHouseClient(world.Connection);
        var store = new ReportStore(client, new ReportLimits { MemoryBytes = 20 << 20, Seconds = 1 });
        var large = new Plan("SELECT length(groupArray(number)) FROM numbers(20000000)", [], "raw");
        Assert.Contains("20 MB", (await Assert.ThrowsAsync<ReportLimitException>(() => store.RowsAsync(large, default))).Message);
        var slow = new Plan("SELECT count() FROM numbers(1900000000) WHERE NOT ignore(sipHash64(toString(number)))", [], "raw");
        Assert.Contains("1 seconds", (await Assert.ThrowsAsync<ReportLimitException>(() => store.RowsAsync(slow, default))).Message);
    }

    [Fact]
    public async Task Who_goes_away_stops_the_statement()
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var sleep = new Plan("SELECT count() FROM numbers(1900000001) WHERE NOT ignore(sipHash64(toString(number)))", [], "raw");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Store.RowsAsync(sleep, gone.Token));
        var running = new Plan("SELECT count() FROM system.processes WHERE query LIKE '%1900000001%' AND query NOT LIKE '%system.processes%'", [], "raw");
        for (var i = 0; i < 100 && Convert.ToInt64((await world.Store.RowsAsync(running, default))[0][0], System.Globalization.CultureInfo.InvariantCulture) > 0; i++) await Task.Delay(100);
        Assert.Equal(0L, Convert.ToInt64((await world.Store.RowsAsync(running, default))[0][0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_sample_scales_to_about_the_whole_and_says_so()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId(), "Etc/UTC");
        using var client = new ClickHouse.Driver.ClickHouseClient(world.Connection);
        await client.ExecuteNonQueryAsync($"""
            INSERT INTO events (site_id, timestamp, received_at, visitor_id, visit_id, name, path)
            SELECT {site.Id}, toDateTime64('2026-11-22 00:00:00', 3, 'UTC') + number % 40000, toDateTime64('2026-11-22 00:00:00', 3, 'UTC'), sipHash64(number % 50000), sipHash64(number), 'pageview', '/' FROM numbers(200000)
            """);
        var reporter = world.NewReporter(null, new ReportLimits { LiveSeconds = 0, SampleAboveRows = 100_000 });
        var sampled = await AskAsync(reporter, site, """{"metrics":["visitors","pageviews"],"date_range":"day"}""");
        Assert.Equal(("sample", 10, true), (sampled.Meta.Source, sampled.Meta.SamplePercent, sampled.Meta.Approximate));
        Assert.InRange(sampled.Rows[0].Metrics[0]!.Value, 45_000, 55_000);
        Assert.InRange(sampled.Rows[0].Metrics[1]!.Value, 180_000, 220_000);
        Assert.Contains(sampled.Meta.Warnings, w => w.Contains("\"exact\": true"));
        var exact = await AskAsync(reporter, site, """{"metrics":["visitors","pageviews"],"date_range":"day","exact":true}""");
        Assert.Equal([50_000, 200_000], exact.Rows[0].Metrics);
        Assert.False(exact.Meta.Approximate);
    }

    [Fact]
    public async Task A_sample_reads_a_fifth_of_the_rows_at_most_where_a_day_has_a_million_events()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId(), "Etc/UTC");
        using var client = new ClickHouse.Driver.ClickHouseClient(world.Connection);
        await client.ExecuteNonQueryAsync($"""
            INSERT INTO events (site_id, timestamp, received_at, visitor_id, visit_id, name, path)
            SELECT {site.Id}, toDateTime64('2026-11-21 00:00:00', 3, 'UTC') + number % 80000, toDateTime64('2026-11-21 00:00:00', 3, 'UTC'), sipHash64(number % 300000), sipHash64(number), 'pageview', '/' FROM numbers(1100000)
            """);
        var query = site.Query("""{"metrics":["visitors","pageviews"],"date_range":["2026-11-21","2026-11-21"]}""", ReportWorld.Now);
        var (all, sample) = (await RowsReadAsync(Reading.AllRaw(query.Range)), await RowsReadAsync(Reading.AllRaw(query.Range) with { Sampled = true }));
        Assert.InRange(all, 1_100_000, long.MaxValue);
        Assert.InRange(sample, 1, all / 5);

        async Task<long> RowsReadAsync(Reading reading)
        {
            var plan = Planner.Plan(query, reading);
            var rows = await world.Store.RowsAsync(plan with { Sql = "EXPLAIN ESTIMATE " + plan.Sql }, default);
            return rows.Sum(r => Convert.ToInt64(r[3], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    static Task<ReportResult> AskAsync(Reporter reporter, AuthorizedSite site, string json) => reporter.RunAsync(site.Query(json, ReportWorld.Now), default);
}
