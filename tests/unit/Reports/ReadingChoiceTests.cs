using SaaS.Analytics.Reports;
using Calendar = SaaS.Analytics.Reports.Calendar;

namespace SaaS.Analytics.Tests.Reports;

public sealed class ReadingChoiceTests
{
    static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
    static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("""{"metrics":["visitors","bounce_rate"],"date_range":"30d"}""", "rollup:day+raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":["2026-10-01","2026-11-21"]}""", "rollup:day")]
    [InlineData("""{"metrics":["visitors"],"date_range":"7d"}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","exact":true}""", "raw")]
    [InlineData("""{"metrics":["pageviews","bounce_rate"],"date_range":"30d","exact":true}""", "rollup:day+raw")]
    [InlineData("""{"metrics":["scroll_depth"],"date_range":"30d"}""", "raw")]
    [InlineData("""{"metrics":["clicks"],"date_range":"30d"}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["visit:source"],"filters":[["contains","visit:source",["o"]]]}""", "rollup:day+raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["visit:source"],"filters":[["is","visit:country",["DE"]]]}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["event:props:plan"]}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","filters":[["is","event:page",["/"]]]}""", "rollup:day+raw")]
    [InlineData("""{"metrics":["bounce_rate"],"date_range":"30d","filters":[["is","event:page",["/"]]]}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","filters":[["has_done",["is","event:page",["/"]]]]}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","filters":[["is","event:is_bot",["true"]]]}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["time:hour"]}""", "rollup:15min+raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["time:day"],"timezone":"Asia/Kathmandu"}""", "rollup:15min+raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"12mo","timezone":"Asia/Kathmandu"}""", "raw")]
    [InlineData("""{"metrics":["visitors"],"date_range":"30d","dimensions":["visit:browser","time:hour"]}""", "raw")]
    public void Rollups_are_read_where_they_can_answer(string json, string source) => Assert.Equal(source, Choose(json).Source);

    [Fact]
    public void Today_and_changed_days_are_read_raw_and_nothing_twice()
    {
        var query = SampleSite.New(1).Query("""{"metrics":["visitors"],"date_range":"30d"}""", Now);
        var reading = ReadingChoice.Of(query, Facts(without: [new(2026, 11, 3), new(2026, 11, 4), new(2026, 11, 10)]), long.MaxValue);
        var calendar = new Calendar("Europe/Berlin");
        Assert.Equal([calendar.Days(new(2026, 11, 3), new(2026, 11, 4)), calendar.Days(new(2026, 11, 10), new(2026, 11, 10)), calendar.Days(Today, Today)], reading.Raw);
        Assert.Equal(26, reading.Rollup!.Days.Count);
    }

    [Fact]
    public void A_range_that_begins_within_a_day_reads_that_day_raw()
    {
        var query = SampleSite.New(1).Query("""{"metrics":["visitors"],"date_range":["2026-10-01T10:00:00Z","2026-10-20T15:00:00Z"]}""", Now);
        var reading = ReadingChoice.Of(query, Facts(), long.MaxValue);
        Assert.Equal(18, reading.Rollup!.Days.Count);
        Assert.Equal([(query.Range.From, Utc(10, 1, 22)), (Utc(10, 19, 22), query.Range.To)], reading.Raw.Select(r => (r.From, r.To)));
    }

    [Fact]
    public void A_site_younger_than_the_range_is_read_from_rollups_all_the_same()
    {
        var query = SampleSite.New(1).Query("""{"metrics":["visitors"],"date_range":"12mo"}""", Now);
        var facts = new SiteFacts(Enumerable.Range(1, 30).Select(n => Today.AddDays(-n)).ToDictionary(d => d, d => new BuiltDay(d, 5, 1000)), Now);
        Assert.Equal("rollup:day+raw", ReadingChoice.Of(query, facts, long.MaxValue).Source);
        var holes = new SiteFacts(facts.Built.Where(d => d.Key.Day % 3 == 0 || d.Key == Today.AddDays(-30)).ToDictionary(), Now);
        var month = SampleSite.New(1).Query("""{"metrics":["visitors"],"date_range":"30d"}""", Now);
        Assert.Equal("raw", ReadingChoice.Of(month, holes, long.MaxValue).Source);
    }

    [Fact]
    public void Many_rows_are_sampled_unless_exact_is_asked_for()
    {
        const string json = """{"metrics":["visitors"],"date_range":"12mo","dimensions":["visit:source"],"filters":[["is","visit:country",["DE"]]]}""";
        var query = SampleSite.New(1).Query(json, Now);
        var facts = Facts() with { EstimatedRows = 20_000_000 };
        Assert.Equal("sample", ReadingChoice.Of(query, facts, 10_000_000).Source);
        Assert.Equal("raw", ReadingChoice.Of(query with { Exact = true }, facts, 10_000_000).Source);
        var sql = Planner.Plan(query, ReadingChoice.Of(query, facts, 10_000_000)).Sql;
        Assert.Contains("FROM events AS e SAMPLE 1 / 10\n", sql);
        Assert.Contains("v.visitor_id < 1844674407370955161", sql);
        Assert.Contains("toFloat64((10 * sum(n_visitors))) AS m0", sql);
    }

    [Fact]
    public void The_plan_of_rollups_and_raw_word_for_word()
    {
        var query = SampleSite.New(1).Query("""{"metrics":["visitors","views_per_visit"],"date_range":"30d","dimensions":["visit:source"],"filters":[["is","visit:source",["Google"]]],"pagination":{"limit":9}}""", Now);
        var calendar = new Calendar("Europe/Berlin");
        var reading = new Reading([calendar.Days(new(2026, 10, 24), new(2026, 10, 31)), calendar.Days(new(2026, 11, 3), Today)], "")
        {
            Rollup = new RollupReading(RollupGrain.Day, [new(new(2026, 11, 1), 7, 100), new(new(2026, 11, 2), 9, 100)], query.Range),
        };
        Assert.Equal("""
            SELECT d0, toFloat64(uniqCombined64Merge(19)(n_visitors)) AS m0, toFloat64(sum(n_pageviews) / nullIf(sum(n_visits), 0)) AS m1
            FROM
            (
            SELECT r.value AS d0, r.visitors AS n_visitors, r.pageviews AS n_pageviews, r.started AS n_visits
            FROM rollups AS r
            WHERE r.site_id = {site:UInt32} AND r.grain = 0 AND r.dimension = {p1:String} AND r.day >= toDate(20758) AND r.day <= toDate(20759) AND (r.day, r.build) IN ((toDate(20758),7),(toDate(20759),9)) AND r.value IN ({p2:String})
            UNION ALL
            SELECT s.c0 AS d0, uniqCombined64StateIf(19)(e.visitor_id, e.name != 'engagement') AS n_visitors, countIf(e.name IN ('pageview', 'screenview')) AS n_pageviews, toUInt64(0) AS n_visits
            FROM events AS e
            INNER JOIN (SELECT v.visit_id AS visit_id, v.source AS c0 FROM visits AS v FINAL WHERE v.site_id = {site:UInt32} AND ((v.first_received_at >= fromUnixTimestamp64Milli({open_from:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({open_from:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')) OR (v.first_received_at >= fromUnixTimestamp64Milli({open_from1:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to1:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({open_from1:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to1:Int64}, 'UTC'))) AND v.merged_into = 0 AND v.source IN ({p2:String})) AS s ON s.visit_id = e.visit_id
            WHERE e.site_id = {site:UInt32} AND ((e.timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')) OR (e.timestamp >= fromUnixTimestamp64Milli({from1:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to1:Int64}, 'UTC'))) AND e.pending = 0 AND e.bot_score < 50
            GROUP BY d0
            UNION ALL
            SELECT v.source AS d0, uniqCombined64StateIf(19)(toUInt64(0), 0) AS n_visitors, toUInt64(0) AS n_pageviews, count() AS n_visits
            FROM visits AS v FINAL
            WHERE v.site_id = {site:UInt32} AND ((v.first_received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')) OR (v.first_received_at >= fromUnixTimestamp64Milli({from1:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to1:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({from1:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to1:Int64}, 'UTC'))) AND v.merged_into = 0 AND v.bot_score < 50 AND v.source IN ({p2:String})
            GROUP BY d0
            )
            GROUP BY d0
            ORDER BY m0 DESC, d0
            LIMIT 9 OFFSET 0
            SETTINGS do_not_merge_across_partitions_select_final = 1
            """.ReplaceLineEndings("\n"), Planner.Plan(query, reading).Sql);
    }

    static Reading Choose(string json) => ReadingChoice.Of(SampleSite.New(1).Query(json, Now), Facts(), long.MaxValue);

    static SiteFacts Facts(params DateOnly[] without) => new(Enumerable.Range(1, 400).Select(n => Today.AddDays(-n)).Except(without).ToDictionary(d => d, d => new BuiltDay(d, 5, 1000)), Now);

    static DateTime Utc(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, DateTimeKind.Utc);
}
