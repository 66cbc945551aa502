using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

public sealed class StoreChunkTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    readonly AnalyticStore store = stack.Store.Store;

    [Fact]
    public async Task A_sealed_chunk_becomes_rows_visits_and_ledger_and_its_collector_is_told()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 3);
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        Assert.Equal(chunk.Events.Select(e => e.Event.Id), (await EventsAsync(site)).OrderBy(e => e.ChunkIndex).Select(e => e.EventId));
        Assert.Equal([1u, 1u, 2u], (await VisitsAsync(site)).Select(v => v.Pageviews).Order());
        Assert.Equal(3, (await store.Visitors.FindAsync([site.Id], [1001, 1002, 1003], default)).Count);
        await LedgerBalancesAsync(chunk, site);
    }

    [Fact]
    public async Task A_new_sites_first_event_is_recorded_and_shown_live()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 4);
        await host.SendAsync(chunk);
        await Eventually.TrueAsync(async () => (await stack.Database().Sites.SingleAsync(s => s.Id == site.Id)).FirstEventAt is not null, "first event");
        await Eventually.TrueAsync(() => host.Activity.Any(a => a.SiteId == site.Id && a.ActiveVisitors == 4), "live numbers");
    }

    [Fact]
    public async Task A_chunk_delivered_three_times_counts_once()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 5);
        for (var i = 0; i < 3; i++) await host.SendAsync(chunk);
        var marker = TestChunk.Of(await stack.SiteAsync(), 0, visitors: 1);
        await host.SendAsync(marker);
        await host.FinishedAsync(marker.Id);
        await AssertStoredOnceAsync(chunk, site);
    }

    [Fact]
    public async Task A_chunk_delivered_again_to_the_next_owner_counts_once()
    {
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 5);
        for (var i = 0; i < 2; i++)
        {
            await using var host = await WorkerHost.StartAsync(stack);
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
        await AssertStoredOnceAsync(chunk, site);
    }

    [Fact]
    public async Task A_half_stored_chunk_is_completed()
    {
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 6);
        await using (var host = await WorkerHost.StartAsync(stack))
        {
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
        var ids = string.Join(',', chunk.Events.Skip(3).Select(e => $"'{e.Event.Id}'"));
        await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM events WHERE site_id = {site.Id} AND event_id IN ({ids})");
        await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM visits WHERE site_id = {site.Id}");
        await stack.Store.Client.ExecuteNonQueryAsync("ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0");
        await stack.Store.Client.ExecuteNonQueryAsync("ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 10000");
        await using var next = await WorkerHost.StartAsync(stack);
        await next.SendAsync(chunk);
        await next.FinishedAsync(chunk.Id);
        await Eventually.TrueAsync(async () => (await EventsAsync(site)).Count == chunk.Events.Count, "the rest is stored");
        await Eventually.TrueAsync(async () => (await VisitsAsync(site)).Count == 6, "its visits are stored");
        await AssertStoredOnceAsync(chunk, site);
    }

    [Fact]
    public async Task Events_of_one_visit_in_chunks_of_two_owners_stay_one_visit()
    {
        var site = await stack.SiteAsync();
        var start = TestChunk.Millisecond(DateTime.UtcNow).AddMinutes(-2);
        for (var i = 0; i < 2; i++)
        {
            await using var host = await WorkerHost.StartAsync(stack);
            var chunk = TestChunk.Of(site, 0, visitors: 1, start.AddMinutes(i));
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
        var visit = Assert.Single(await VisitsAsync(site));
        Assert.Equal(4u, visit.Pageviews);
        Assert.Equal(start, visit.Start);
        var visitor = Assert.Single(await store.Visitors.FindAsync([site.Id], [1001], default));
        Assert.Equal(1u, visitor.VisitCount);
    }

    [Fact]
    public async Task One_event_that_cannot_be_read_does_not_fail_the_4999_others()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var whole = TestChunk.Of(site, 0, visitors: 4999);
        var chunk = whole with { Garbage = whole.Payload(spoiled: 2500) };
        for (var delivery = 0; delivery < 2; delivery++) await host.SendAsync(chunk);
        var marker = TestChunk.Of(await stack.SiteAsync(), 0, visitors: 1);
        await host.SendAsync(marker);
        await host.FinishedAsync(marker.Id);
        Assert.Equal(4999, (await EventsAsync(site)).Count);
        var ledger = await LedgerAsync(chunk, site);
        Assert.Equal((4999, 1), (ledger.Where(l => l.Outcome == "stored").Sum(l => l.Events), ledger.Single(l => l.Reason == "not_processable").Events));
        await using var db = stack.Database();
        Assert.Equal([0xFF, 0xFF], (await db.FailedEvents.IgnoreQueryFilters().SingleAsync(f => f.SiteId == site.Id)).Payload);
    }

    [Fact]
    public async Task A_damaged_chunk_is_kept_as_failed_and_does_not_stop_its_partition()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var bad = TestChunk.Of(site, 0, visitors: 1) with { Garbage = [1, 2, 3] };
        var good = TestChunk.Of(site, 0, visitors: 2);
        await host.SendAsync(bad);
        await host.SendAsync(good);
        await host.FinishedAsync(bad.Id);
        await host.FinishedAsync(good.Id);
        await using var db = stack.Database();
        Assert.Equal([1, 2, 3], (await db.FailedChunks.SingleAsync(c => c.ChunkId == bad.Id)).Payload);
        Assert.Equal("Quarantined", (await db.Chunks.SingleAsync(c => c.CorrelationId == bad.Id)).CurrentState);
        Assert.Equal(3, (await EventsAsync(site)).Count);
    }

    [Fact]
    public async Task Imported_events_of_500_days_are_stored_each_in_a_visit_of_its_own_however_often_their_chunk_comes()
    {
        const int days = 500;
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var now = TestChunk.Millisecond(DateTime.UtcNow);
        var chunk = new TestChunk(0, [.. Enumerable.Range(0, days).Select(d => (site.Id, now, TestChunk.View(site, 77, now.AddDays(-d))))]);
        for (var times = 1; times <= 2; times++)
        {
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id, times);
        }
        var events = await EventsAsync(site);
        Assert.Equal(chunk.Events.Select(e => e.Event.Id).Order(), events.Select(e => e.EventId).Order());
        Assert.Equal(days, events.Select(e => e.VisitId).Distinct().Count());
    }

    async Task AssertStoredOnceAsync(TestChunk chunk, Site site)
    {
        var events = await EventsAsync(site);
        Assert.Equal(chunk.Events.Select(e => e.Event.Id).Order(), events.Select(e => e.EventId).Order());
        var visits = await VisitsAsync(site);
        var recount = VisitFold.Fold(events, 0);
        Assert.Equal(Numbers(recount), Numbers(visits));
        var stored = (await LedgerAsync(chunk, site)).Where(l => l.Outcome == "stored").Sum(l => l.Events);
        Assert.Equal(chunk.Events.Count, stored);
    }

    static IEnumerable<(ulong, ulong, uint, DateTime, DateTime)> Numbers(IEnumerable<VisitRow> visits) =>
        visits.OrderBy(v => v.VisitId).Select(v => (v.VisitId, v.VisitorId, v.Pageviews, v.Start, v.End));

    async Task LedgerBalancesAsync(TestChunk chunk, Site site)
    {
        await Eventually.TrueAsync(async () => (await LedgerAsync(chunk, site)).Any(l => l.Outcome == "received"), "received in the ledger");
        var ledger = await LedgerAsync(chunk, site);
        int Sum(string outcome) => ledger.Where(l => l.Outcome == outcome).Sum(l => l.Events);
        Assert.Equal(Sum("received"), Sum("stored") + Sum("invalid"));
        Assert.Equal(chunk.Events.Count, Sum("stored"));
    }

    Task<List<LedgerRow>> LedgerAsync(TestChunk chunk, Site site) =>
        store.Ledger.BetweenAsync(site.Id, TestChunk.Minute(chunk.Events[0].At), chunk.Events[^1].At.AddMinutes(1), default);

    Task<List<EventRow>> EventsAsync(Site site) =>
        stack.Store.Client.RowsOfSiteAsync(site.Id);

    Task<List<VisitRow>> VisitsAsync(Site site) => store.Visits.EndedSinceAsync([site.Id], DateTime.UtcNow.AddDays(-1), default);
}
