using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Rollups;

namespace SaaS.Analytics.Tests.Workers;

public sealed class RollupJobTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    readonly RollupWorld world = new(stack);

    static DateTime At(int day, int hour = 9, int minute = 0) => new(2026, 11, day, hour, minute, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Closed_days_are_built_once_and_again_when_they_have_changed()
    {
        var site = await world.SiteAsync();
        foreach (var day in new[] { 18, 20, 21 }) await world.StoreAsync(site, At(day));
        Assert.Equal(3, await world.Job.RunAsync(default));
        Assert.Equal([RollupWorld.Day(18), RollupWorld.Day(19), RollupWorld.Day(20)], await world.ValidAsync(site));
        Assert.Equal([1, 0, 1], (await world.DaysAsync(site)).Select(d => d.RawRows));
        Assert.Equal(0, await world.Job.RunAsync(default));

        await world.Marks.MarkAsync([(site.Id, RollupWorld.Day(20))], default);
        await world.StoreAsync(site, At(20, 10), visitor: 2);
        Assert.Equal([RollupWorld.Day(18), RollupWorld.Day(19)], await world.ValidAsync(site));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, await world.Job.RunAsync(default));
        world.Clock.Advance(TimeSpan.FromMinutes(55));
        Assert.Equal(1, await world.Job.RunAsync(default));
        Assert.Equal(2, (await world.DaysAsync(site)).Single(d => d.Day == RollupWorld.Day(20)).RawRows);
        Assert.Empty(await world.DirtyAsync(site));
        Assert.Equal(3, (await world.ValidAsync(site)).Count());
    }

    [Fact]
    public async Task A_mark_younger_than_a_quarter_of_an_hour_survives_the_build()
    {
        var site = await world.SiteAsync();
        await world.StoreAsync(site, At(19));
        await world.Job.RunAsync(default);
        await world.Marks.MarkAsync([(site.Id, RollupWorld.Day(19))], default);
        world.Clock.Advance(TimeSpan.FromMinutes(14));
        await world.Job.RunAsync(default);
        Assert.Single(await world.DirtyAsync(site));
        Assert.DoesNotContain(RollupWorld.Day(19), await world.ValidAsync(site));
    }

    [Fact]
    public async Task A_build_that_is_overtaken_publishes_nothing()
    {
        var site = await world.SiteAsync();
        await world.StoreAsync(site, At(20));
        await world.Job.RunAsync(default);
        await using (var db = stack.Database())
            await db.RollupDays.Where(d => d.SiteId == site.Id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Build, 1_000_000_000).SetProperty(x => x.Settings, "older settings"));
        await using (var db = stack.Database())
            await db.Database.ExecuteSqlAsync($"INSERT INTO pipeline.rollup_builds (id, site_id, first_day, last_day, reason, started_at, raw_rows) OVERRIDING SYSTEM VALUE VALUES (1000000000, {site.Id}, '2026-11-20', '2026-11-20', 'new', now() - interval '1 day', 0) ON CONFLICT DO NOTHING");
        Assert.Equal(1, await world.Job.RunAsync(default));
        Assert.Equal(1_000_000_000, Assert.Single(await world.DaysAsync(site)).Build);
    }

    [Fact]
    public async Task Other_settings_of_the_site_make_its_days_invalid_until_they_are_built_again()
    {
        var site = await world.SiteAsync();
        await world.StoreAsync(site, At(20));
        await world.Job.RunAsync(default);
        await using (var db = stack.Database()) await db.Sites.Where(s => s.Id == site.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.BounceSeconds, 30));
        site.BounceSeconds = 30;
        Assert.Empty(await world.ValidAsync(site));
        Assert.Equal(1, await world.Job.RunAsync(default));
        Assert.Single(await world.ValidAsync(site));
    }

    [Fact]
    public async Task Late_events_mark_their_day_before_they_are_stored_and_those_of_today_none()
    {
        var site = await world.SiteAsync();
        await world.Sites.ReadAsync(default);
        EventRow Row(DateTime at) => new() { SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at, ChunkId = default, ChunkIndex = 0, Name = "pageview" };
        await world.Marks.MarkAsync([Row(At(21, 1)), Row(At(21, 11))], default);
        Assert.Empty(await world.DirtyAsync(site));
        await world.Marks.MarkAsync([Row(At(21, 1)), Row(At(20, 23, 59)), Row(At(15))], default);
        Assert.Equal([RollupWorld.Day(15), RollupWorld.Day(20)], (await world.DirtyAsync(site)).Select(d => d.Day).Order());
        var first = (await world.DirtyAsync(site))[0].MarkedAt;
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Marks.MarkAsync([Row(At(15)), Row(At(20))], default);
        Assert.Equal(first, (await world.DirtyAsync(site))[0].MarkedAt);
        world.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.Marks.MarkAsync([Row(At(15)), Row(At(20))], default);
        Assert.NotEqual(first, (await world.DirtyAsync(site))[0].MarkedAt);
    }

    [Fact]
    public async Task The_audit_finds_what_nothing_has_marked()
    {
        var site = await world.SiteAsync();
        await world.StoreAsync(site, At(19));
        await world.StoreAsync(site, At(20));
        await world.Job.RunAsync(default);
        await world.Audit.CheckAsync(default);
        Assert.Empty(await world.DirtyAsync(site));
        await world.StoreAsync(site, At(19, 22), visitor: 7);
        await world.Audit.CheckAsync(default);
        Assert.Equal(RollupWorld.Day(19), Assert.Single(await world.DirtyAsync(site)).Day);
        await using (var db = stack.Database())
            Assert.Contains("2026-11-19", Assert.Single(await db.OperatorAlerts.Where(a => a.Kind == RollupAudit.Kind && a.SiteId == site.Id).ToListAsync()).Details);
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Job.RunAsync(default);
        await world.Audit.CheckAsync(default);
        await using (var db = stack.Database())
            Assert.NotNull((await db.OperatorAlerts.SingleAsync(a => a.Kind == RollupAudit.Kind && a.SiteId == site.Id)).ResolvedAt);
    }

    [Fact]
    public async Task The_audit_clears_rows_of_builds_that_no_longer_hold()
    {
        var site = await world.SiteAsync();
        await world.StoreAsync(site, At(20));
        await world.Job.RunAsync(default);
        await world.Marks.MarkAsync([(site.Id, RollupWorld.Day(20))], default);
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Job.RunAsync(default);
        Assert.Equal(2, await BuildsAsync(site.Id));
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Audit.CheckAsync(default);
        await Eventually.TrueAsync(async () => await BuildsAsync(site.Id) == 1, "the older build's rows are gone");
    }

    [Fact]
    public async Task Months_count_visitors_of_each_ad_and_clicks_from_the_third_hit_on_however_often_they_are_built()
    {
        var site = await world.SiteAsync();
        // Visitor 1 sees the ad twice and hits it three times; visitor 2 sees it once and hits it twice; 3 is cookieless.
        foreach (var hour in new[] { 1, 2 }) await world.StoreAsync(site, At(5, hour), 1, "ad_impression", "a");
        foreach (var day in new[] { 5, 9, 20 }) await world.StoreAsync(site, At(day, 3), 1, "ad_click", "a");
        await world.StoreAsync(site, At(6), 2, "ad_impression", "a");
        foreach (var hour in new[] { 4, 5 }) await world.StoreAsync(site, At(6, hour), 2, "ad_click", "a");
        await world.StoreAsync(site, At(7), 3, "ad_impression", "a", "cookieless");
        Assert.Equal(0, await world.Months.RunAsync(default));
        Assert.Equal(["|2|1|4|5|1|3", "a|2|1|4|5|1|3"], await LinesAsync(site));
        Assert.All(await world.MonthsAsync(site), m => Assert.Equal(MonthState.Live, m.State));

        world.Clock.SetUtcNow(new DateTimeOffset(At(30, 1)));
        Assert.Equal(1, await world.Months.RunAsync(default));
        Assert.Equal(0, await world.Months.RunAsync(default));
        Assert.Equal(["|2|1|4|5|1|3", "a|2|1|4|5|1|3"], await LinesAsync(site));
        Assert.All(await world.MonthsAsync(site), m => Assert.Equal(MonthState.Provisional, m.State));

        await world.StoreAsync(site, At(30, 23), 2, "ad_click", "a");
        world.Clock.SetUtcNow(new DateTimeOffset(2026, 12, 1, 0, 30, 0, TimeSpan.Zero));
        Assert.Equal(1, await world.Months.RunAsync(default));
        Assert.Equal(["|2|1|4|6|2|6", "a|2|1|4|6|2|6"], await LinesAsync(site));

        // Nothing ran for months: both are caught up with, and final.
        world.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(3, await world.Months.RunAsync(default));
        Assert.Equal([(1, MonthState.Provisional), (12, MonthState.Final), (11, MonthState.Final)], (await world.MonthsAsync(site)).Select(m => (m.Month.Month, m.State)).Distinct());
        Assert.Equal(["|2|1|4|6|2|6", "a|2|1|4|6|2|6"], await LinesAsync(site));
    }

    async Task<IEnumerable<string>> LinesAsync(Tenancy.Site site) =>
        (await world.MonthsAsync(site)).Where(m => m.Month == new DateOnly(2026, 11, 1)).Select(m => $"{m.AdId}|{m.UniqueVisitors}|{m.DailyCookielessVisitors}|{m.Impressions}|{m.Hits}|{m.CountedClickers}|{m.CountedHits}");

    async Task<int> BuildsAsync(int site)
    {
        using var reader = await stack.Store.Client.ExecuteReaderAsync($"SELECT toInt32(uniqExact(build)) FROM rollups WHERE site_id = {site}");
        reader.Read();
        return reader.GetInt32(0);
    }
}
