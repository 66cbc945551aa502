using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Tests.Reports;

public sealed class QueryParserTests
{
    static readonly DateTime Now = new(2026, 11, 22, 23, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("""{"date_range":"day"}""", "metrics")]
    [InlineData("""{"metrics":[],"date_range":"day"}""", "metrics")]
    [InlineData("""{"metrics":["visitors"]}""", "date_range")]
    [InlineData("""{"metrics":["visitors","x"],"date_range":"day"}""", "metrics[1]")]
    [InlineData("""{"metrics":"visitors","date_range":"day"}""", "metrics")]
    [InlineData("""{"metrics":["visitors"],"date_range":"7x"}""", "date_range")]
    [InlineData("""{"metrics":["visitors"],"date_range":["2026-02-02","2026-02-01"]}""", "date_range")]
    [InlineData("""{"metrics":["visitors"],"date_range":["0001-01-01","9999-12-31"]}""", "date_range")]
    [InlineData("""{"metrics":["visitors"],"date_range":"999999999999d"}""", "date_range")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","dimensions":["visit:x"]}""", "dimensions[0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"all","dimensions":["time:day","time:hour"]}""", "dimensions")]
    [InlineData("""{"metrics":["visitors"],"date_range":"12mo","dimensions":["time:minute"]}""", "dimensions")]
    [InlineData("""{"metrics":["bounce_rate"],"date_range":"day","dimensions":["event:name"]}""", "metrics[0]")]
    [InlineData("""{"metrics":["visit_duration"],"date_range":"day","dimensions":["event:page"]}""", "metrics[0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["like","event:page",["/"]]]}""", "filters[0][0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["is","event:page","/"]]}""", "filters[0][2]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["is","event:page",[]]]}""", "filters[0][2]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["is","time:day",["2026-01-01"]]]}""", "filters[0][1]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["and",[["or",[["is","nope",["x"]]]]]]]}""", "filters[0][1][0][1][0][1]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","order_by":[["pageviews","desc"]]}""", "order_by[0][0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","order_by":[["visitors","down"]]}""", "order_by[0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","pagination":{"limit":0}}""", "pagination.limit")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","include":{"comparisons":{"mode":"x"}}}""", "include.comparisons.mode")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","include":{"comparisons":{"mode":"custom"}}}""", "include.comparisons.date_range")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","include":{"totals":true}}""", "include.totals")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","timezone":"Mars/Olympus"}""", "timezone")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","exact":"yes"}""", "exact")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["has_done",["is","event:nope",["x"]]]]}""", "filters[0][1][1]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["has_done",["not",["has_not_done",["is","event:page",["/"]]]]]]}""", "filters[0][1][1]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["is","segment",[7]]]}""", "filters[0][2][0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","filters":[["is","event:page",["/"],true]]}""", "filters[0][3]")]
    [InlineData("""{"metrics":["exit_rate"],"date_range":"day","dimensions":["event:name"]}""", "metrics[0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day","nonsense":1}""", "nonsense")]
    public void What_is_wrong_is_named(string json, string field) =>
        Assert.Equal(field, Assert.Throws<ReportQueryException>(() => SampleSite.New(1).Query(json, Now)).Field);

    [Theory]
    [InlineData("day", "2026-11-22T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("7d", "2026-11-16T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("30d", "2026-10-24T22:00Z", "2026-11-23T23:00Z")]
    [InlineData("month", "2026-10-31T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("12mo", "2025-11-30T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("year", "2025-12-31T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("all", "2025-12-31T23:00Z", "2026-11-23T23:00Z")]
    public void Named_ranges_end_with_today_in_the_site_zone(string name, string from, string to) =>
        Assert.Equal(new TimeRange(Utc(from), Utc(to)), DateRanges.Named(name, SampleSite.New(1), Now));

    /// <summary>The example queries of the Stats API v2, unchanged but for goals.</summary>
    [Theory]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors","pageviews","bounce_rate"],"date_range":"7d"}""")]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors","visits","pageviews","views_per_visit","bounce_rate","visit_duration"],"date_range":"7d","dimensions":["visit:country_name","visit:city_name"]}""")]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors"],"date_range":"7d","dimensions":["time:day"],"include":{"time_labels":true}}""")]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors","events"],"date_range":["2024-01-01","2024-07-01"],"dimensions":["time"],"include":{"imports":true}}""")]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors","percentage"],"date_range":["2024-01-01T12:00:00+02:00","2024-01-01T15:59:59+02:00"],"dimensions":["visit:source"],"filters":[["is","visit:country_name",["Germany","Poland"]],["or",[["contains","event:page",["/blog"]],["not",["matches","visit:entry_page",["^/docs"]]]]]],"order_by":[["visitors","desc"],["visit:source","asc"]],"pagination":{"limit":100,"offset":0}}""")]
    [InlineData("""{"site_id":"dummy.site","metrics":["visitors"],"date_range":"all","filters":[["has_not_done",["is","event:name",["Signup"]]],["contains","event:props:author",["ANN"],{"case_sensitive":false}]]}""")]
    public void Queries_of_the_foreign_api_are_understood(string json) => Assert.NotEmpty(SampleSite.New(1).Query(json, Now).Metrics);

    [Fact]
    public void A_segment_stands_for_what_was_saved()
    {
        using var json = System.Text.Json.JsonDocument.Parse("""{"metrics":["visitors"],"date_range":"day","filters":[["is","segment",[7,8]]]}""");
        var saved = new Dictionary<string, string> { ["7"] = """[["is","visit:country",["DE"]],["is","event:page",["/"]]]""", ["8"] = """[["is","visit:country",["AT"]]]""" };
        var any = Assert.IsType<AnyOf>(Assert.Single(QueryParser.Parse(json.RootElement, SampleSite.New(1), Now, saved).Filters));
        Assert.Equal(["visit:country", "event:page", "visit:country"], any.Dimensions.Select(d => d.Key));
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-11-22T18:15Z", "2026-11-23T18:15Z")]
    [InlineData("America/Los_Angeles", "2026-11-22T08:00Z", "2026-11-23T08:00Z")]
    public void The_zone_of_the_query_cuts_its_days(string zone, string from, string to)
    {
        var query = SampleSite.New(1).Query($$"""{"metrics":["visitors"],"date_range":"day","timezone":"{{zone}}"}""", Now);
        Assert.Equal((zone, new TimeRange(Utc(from), Utc(to))), (query.TimeZone, query.Range));
    }

    [Fact]
    public void A_comparison_may_begin_on_the_same_day_of_the_week()
    {
        var calendar = new Calendar("Europe/Berlin");
        var november = DateRanges.Between("2026-11-01", "2026-11-10", SampleSite.New(1))!.Value;
        foreach (var mode in new[] { Comparison.PreviousPeriod, Comparison.YearOverYear })
        {
            var compared = Comparisons.Of(november, mode, calendar, matchWeekday: true);
            Assert.Equal(DayOfWeek.Sunday, calendar.Day(compared.From).DayOfWeek);
            Assert.True(compared.To <= november.From);
            Assert.Equal(10, calendar.Day(compared.To).DayNumber - calendar.Day(compared.From).DayNumber);
        }
    }

    [Fact]
    public void Hours_of_a_zone_that_changes_its_clock_by_half_an_hour_begin_on_the_hour()
    {
        var calendar = new Calendar("Australia/Lord_Howe");
        var starts = Buckets.In(calendar.Days(new(2026, 4, 4), new(2026, 4, 6)), TimeBucket.Hour, calendar).Select(b => Buckets.Label(b, TimeBucket.Hour, calendar)).ToList();
        Assert.InRange(starts.Count, 72, 74);
        // Half past one comes twice that night: the hour between is no whole one.
        Assert.Single(starts, s => !s.EndsWith(":00:00", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_of_the_clock_change_has_25_hours()
    {
        var range = DateRanges.Between("2026-10-25", "2026-10-25", SampleSite.New(1))!.Value;
        Assert.Equal(25, range.Length.TotalHours);
        Assert.Equal(25, Buckets.In(range, TimeBucket.Hour, new Calendar("Europe/Berlin")).Count());
        Assert.Equal(23, DateRanges.Between("2026-03-29", "2026-03-29", SampleSite.New(1))!.Value.Length.TotalHours);
    }

    [Fact]
    public void A_day_without_midnight_starts_when_the_clock_says() =>
        Assert.Equal(Utc("2023-04-27T22:00Z"), new Calendar("Africa/Cairo").Start(new DateOnly(2023, 4, 28)));

    [Theory]
    [InlineData("2026-10-25", "2026-10-31", Comparison.PreviousPeriod, "2026-10-17T22:00Z", "2026-10-24T22:00Z")]
    [InlineData("2026-03-29", "2026-03-29", Comparison.PreviousPeriod, "2026-03-27T23:00Z", "2026-03-28T23:00Z")]
    [InlineData("2026-11-01", "2026-11-30", Comparison.YearOverYear, "2025-10-31T23:00Z", "2025-11-30T23:00Z")]
    public void Comparisons_keep_whole_days(string first, string last, Comparison comparison, string from, string to)
    {
        var range = DateRanges.Between(first, last, SampleSite.New(1))!.Value;
        Assert.Equal(new TimeRange(Utc(from), Utc(to)), Comparisons.Of(range, comparison, new Calendar("Europe/Berlin")));
    }

    static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
