using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>The SQL of typical questions, word for word: a change here is a change of what is counted.</summary>
public sealed class PlannerTests
{
    static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Totals_read_events_and_visits_once_each() => Is(
        """{"site_id":"x","metrics":["visitors","visits","pageviews","views_per_visit","bounce_rate","visit_duration"],"date_range":"day"}""",
        """
        SELECT toFloat64(sum(n_visitors)) AS m0, toFloat64(sum(n_visits)) AS m1, toFloat64(sum(n_pageviews)) AS m2, toFloat64(sum(n_pageviews) / nullIf(sum(n_visits), 0)) AS m3, toFloat64(100 * sum(n_bounces) / nullIf(sum(n_entries), 0)) AS m4, toFloat64(sum(n_lasted_ms) / 1000 / nullIf(sum(n_started), 0)) AS m5
        FROM
        (
        SELECT uniqExactIf(e.visitor_id, e.name != 'engagement') AS n_visitors, toUInt64(0) AS n_visits, countIf(e.name IN ('pageview', 'screenview')) AS n_pageviews, toUInt64(0) AS n_entries, toUInt64(0) AS n_bounces, toUInt64(0) AS n_started, toUInt64(0) AS n_lasted_ms
        FROM events AS e
        WHERE e.site_id = {site:UInt32} AND e.timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND e.pending = 0 AND e.bot_score < 50
        UNION ALL
        SELECT toUInt64(0) AS n_visitors, count() AS n_visits, toUInt64(0) AS n_pageviews, count() AS n_entries, countIf(v.pageviews < 2 AND v.interactive_events = 0 AND ({bounce_ms:UInt64} = 0 OR v.engagement_ms < {bounce_ms:UInt64})) AS n_bounces, count() AS n_started, sum(toUInt64(greatest(0, dateDiff('millisecond', v.start, v.end)))) AS n_lasted_ms
        FROM visits AS v FINAL
        WHERE v.site_id = {site:UInt32} AND v.first_received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND v.merged_into = 0 AND v.bot_score < 50
        )
        SETTINGS do_not_merge_across_partitions_select_final = 1
        """);

    [Fact]
    public void A_dimension_of_visits_is_joined_and_its_filter_asked_inside() => Is(
        """{"site_id":"x","metrics":["visitors"],"date_range":"day","dimensions":["visit:source"],"filters":[["is","visit:country",["DE"]]],"pagination":{"limit":9}}""",
        """
        SELECT d0, toFloat64(sum(n_visitors)) AS m0
        FROM
        (
        SELECT s.c0 AS d0, uniqExactIf(e.visitor_id, e.name != 'engagement') AS n_visitors
        FROM events AS e
        INNER JOIN (SELECT v.visit_id AS visit_id, v.source AS c0 FROM visits AS v FINAL WHERE v.site_id = {site:UInt32} AND v.first_received_at >= fromUnixTimestamp64Milli({open_from:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({open_from:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND v.merged_into = 0 AND v.country IN ({p5:String})) AS s ON s.visit_id = e.visit_id
        WHERE e.site_id = {site:UInt32} AND e.timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND e.pending = 0 AND e.bot_score < 50
        GROUP BY d0
        )
        GROUP BY d0
        ORDER BY m0 DESC, d0
        LIMIT 9 OFFSET 0
        SETTINGS do_not_merge_across_partitions_select_final = 1
        """);

    [Fact]
    public void A_filter_on_the_page_asks_bounces_of_the_visits_that_entered_there() => Is(
        """{"site_id":"x","metrics":["bounce_rate"],"date_range":"day","filters":[["is","event:page",["/a"]]]}""",
        """
        SELECT toFloat64(100 * sum(n_bounces) / nullIf(sum(n_entries), 0)) AS m0
        FROM
        (
        SELECT count() AS n_entries, countIf(v.pageviews < 2 AND v.interactive_events = 0 AND ({bounce_ms:UInt64} = 0 OR v.engagement_ms < {bounce_ms:UInt64})) AS n_bounces
        FROM visits AS v FINAL
        WHERE v.site_id = {site:UInt32} AND v.first_received_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.first_received_at < fromUnixTimestamp64Milli({received_to:Int64}, 'UTC') AND v.start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND v.start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND v.merged_into = 0 AND v.bot_score < 50 AND (v.visit_id, v.entry_path) IN (SELECT e.visit_id, e.path FROM events AS e
        WHERE e.site_id = {site:UInt32} AND e.timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND e.timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND e.pending = 0 AND e.bot_score < 50 AND e.path IN ({p4:String}))
        )
        SETTINGS do_not_merge_across_partitions_select_final = 1
        """);

    [Fact]
    public void Bots_are_left_out_unless_asked_for()
    {
        var query = SampleSite.New(1).Query("""{"site_id":"x","metrics":["visitors","bounce_rate"],"date_range":"day","filters":[["is","event:is_bot",["true"]]]}""", Now);
        var sql = Planner.Plan(query).Sql;
        Assert.DoesNotContain("bot_score < 50", sql);
        Assert.Contains("if(e.bot_score >= 50, 'true', 'false') IN (", sql);
    }

    [Fact]
    public void No_value_is_ever_part_of_the_text()
    {
        var query = SampleSite.New(1).Query("""{"site_id":"x","metrics":["events"],"date_range":"day","dimensions":["event:props:SECRETKEY"],"filters":[["contains","visit:source",["SECRET1"]],["matches","event:page",["SECRET2"]],["is","event:props:SECRETKEY",["SECRET3"]]]}""", Now);
        var plan = Planner.Plan(query);
        Assert.DoesNotContain("SECRET", plan.Sql);
        Assert.Equal(["SECRET1", "SECRET2", "SECRET3", "SECRETKEY"], plan.Parameters.Select(p => p.Value).OfType<string>().Order());
    }

    static void Is(string json, string sql) =>
        Assert.Equal(sql.ReplaceLineEndings("\n"), Planner.Plan(SampleSite.New(1).Query(json, Now)).Sql);
}
