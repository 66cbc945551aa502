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
