using ClickHouse.Driver;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Numbers counted by hand; now is Sunday, 22 November 2026, noon in Berlin at 13:00.</summary>
public sealed class RetentionTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly string[] EventColumns = ["site_id", "event_id", "timestamp", "received_at", "visitor_id", "visitor_mode", "visit_id", "name", "bot_score"];
    static readonly string[] VisitColumns = ["site_id", "visitor_id", "visit_id", "version", "merged_into", "first_received_at", "start", "end", "visitor_mode", "visit_number", "bot_score", "user_id", "pageviews", "country", "entry_path"];

    [Fact]
    public async Task A_cohort_is_followed_day_by_day_in_the_sites_zone()
    {
        var site = await SiteAsync();
        var table = await Retention.OfAsync(site, Range(site, 19, 22), TimeBucket.Day, 3, CancellationToken.None);
        Assert.Equal(
        [
            // The 19th: visitors 1, 2 and 3; 1 came on the 20th and 22nd, 2 on the 20th (23:30 UTC of the 19th is half past midnight in Berlin).
            (new DateOnly(2026, 11, 19), 3, "3,2,0,1"),
            (new DateOnly(2026, 11, 22), 1, "1,,,"),
        ], table.Cohorts.Select(c => (c.Start, c.Size, string.Join(',', c.Seen))));
    }

    [Fact]
    public async Task Weeks_begin_on_Monday_and_months_are_those_of_the_calendar()
    {
        var site = await SiteAsync();
        await SeenAsync(site, 9, new(2026, 11, 8, 12, 0, 0));
        await SeenAsync(site, 9, new(2026, 11, 9, 12, 0, 0));
        await SeenAsync(site, 9, new(2026, 10, 31, 12, 0, 0));
        var weeks = await Retention.OfAsync(site, Range(site, 1, 22), TimeBucket.Week, 2, CancellationToken.None);
        Assert.Equal([(new DateOnly(2026, 11, 2), "1,1,0"), (new DateOnly(2026, 11, 16), "4,,")], weeks.Cohorts.Select(c => (c.Start, string.Join(',', c.Seen))));
        var months = await Retention.OfAsync(site, new Calendar(site.TimeZone).Days(new(2026, 10, 1), new(2026, 11, 22)), TimeBucket.Month, 1, CancellationToken.None);
        Assert.Equal([(new DateOnly(2026, 10, 1), "1,1"), (new DateOnly(2026, 11, 1), "4,")], months.Cohorts.Select(c => (c.Start, string.Join(',', c.Seen))));
    }

    [Fact]
    public async Task Frequency_recency_and_coverage_are_of_visits()
    {
        var site = await SiteAsync();
        var table = await Retention.OfAsync(site, Range(site, 19, 22), TimeBucket.Day, 3, CancellationToken.None);
        // Visitors 3 and 4 came once, 2 twice, 1 three times; the gaps are 1 and 2 days (visitor 1) and 1 (visitor 2).
        Assert.Equal([2, 1, 1, 0, 0, 0], table.Frequency.Select(f => f.Value));
        Assert.Equal([0, 2, 1, 0, 0, 0, 0], table.Recency.Select(r => r.Value));
        // 7 consented visits and 1 cookieless one; the robot is left out.
        Assert.Equal(100.0 * 7 / 8, table.Coverage);
    }

    [Fact]
    public async Task A_site_without_visits_has_no_coverage_and_no_cohorts()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        var table = await Retention.OfAsync(site, Range(site, 19, 22), TimeBucket.Week, 3, CancellationToken.None);
        Assert.Empty(table.Cohorts);
        Assert.Null(table.Coverage);
    }

    [Fact]
    public async Task Visitors_are_listed_the_last_seen_first_and_found_by_id()
    {
        var site = await SiteAsync();
        var list = new VisitorList(world.Store);
        var all = await list.FindAsync(site, Range(site, 19, 22), null, 50, 0, CancellationToken.None);
        Assert.Equal(["1", "4", "5", "2", "3"], all.Select(v => v.Id.TrimStart('0')));
        Assert.Equal([true, true, false, true, true], all.Select(v => v.Consented));
        Assert.Equal(3, all[0].Visits);
        Assert.Equal(["user-2"], (await list.FindAsync(site, Range(site, 19, 22), "USER-2", 50, 0, CancellationToken.None)).Select(v => v.UserId));
        var visits = await list.VisitsAsync(site, 1, CancellationToken.None);
        Assert.Equal([22, 20, 19], visits.Select(v => v.Start.Day));
        Assert.Empty(await list.VisitsAsync(SampleSite.New(ReportWorld.NewSiteId()), 1, CancellationToken.None));
        Assert.Null(await list.RememberedAsync(site, 1, CancellationToken.None));
    }

    Retention Retention => new(world.Store, world.Time);

    static TimeRange Range(AuthorizedSite site, int first, int last) => new Calendar(site.TimeZone).Days(new(2026, 11, first), new(2026, 11, last));

    async Task<AuthorizedSite> SiteAsync()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await SeenAsync(site, 1, new(2026, 11, 19, 8, 0, 0));
        await SeenAsync(site, 1, new(2026, 11, 20, 8, 0, 0));
        await SeenAsync(site, 1, new(2026, 11, 22, 11, 0, 0));
        await SeenAsync(site, 2, new(2026, 11, 19, 9, 0, 0), user: "user-2");
        await SeenAsync(site, 2, new(2026, 11, 19, 23, 30, 0), user: "user-2");
        await SeenAsync(site, 3, new(2026, 11, 19, 10, 0, 0));
        await SeenAsync(site, 4, new(2026, 11, 22, 10, 0, 0));
        await SeenAsync(site, 5, new(2026, 11, 20, 10, 0, 0), mode: "cookieless");
        await SeenAsync(site, 6, new(2026, 11, 20, 10, 0, 0), bot: 90);
        return site;
    }

    async Task SeenAsync(AuthorizedSite site, ulong visitor, DateTime at, string mode = "consented", byte bot = 0, string user = "")
    {
        at = DateTime.SpecifyKind(at, DateTimeKind.Utc);
        var visit = (ulong)Random.Shared.NextInt64(1, long.MaxValue);
        using var client = new ClickHouseClient(world.Connection);
        await client.InsertBinaryAsync("events", EventColumns, [[(uint)site.Id, Guid.NewGuid(), at, at, visitor, mode, visit, "pageview", bot]]);
        await client.InsertBinaryAsync("visits", VisitColumns, [[(uint)site.Id, visitor, visit, 1UL, 0UL, at, at, at.AddMinutes(1), mode, 1U, bot, user, 1U, "DE", "/"]]);
    }
}
