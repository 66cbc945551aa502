using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Chunks that come again, or late, against what the store holds by then.</summary>
public sealed class ReadBackTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime Before = TestChunk.Millisecond(DateTime.UtcNow).AddDays(-5);
    static int tests;

    /// <summary>Later in each test: what others stored is out of the partition's memory then.</summary>
    readonly DateTime start = Before.AddHours(8 * Interlocked.Increment(ref tests));
    readonly AnalyticStore store = stack.Store.Store;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Visits_that_became_one_stay_one_when_their_chunks_come_again(bool toNextOwner)
    {
        var site = await stack.SiteAsync();
        TestChunk[] chunks = [Chunk(site, (0, 0)), Chunk(site, (31, 31)), Chunk(site, (28, 32))];
        await DeliverTwiceAsync(chunks, [chunks[1], chunks[2], chunks[0]], toNextOwner, async () =>
        {
            var visits = await VisitsAsync(site);
            var (kept, gone) = (visits.Single(v => v.MergedInto == 0), visits.Single(v => v.MergedInto != 0));
            Assert.Equal((kept.VisitId, 3u, 1u), (gone.MergedInto, kept.Pageviews, kept.VisitNumber));
            Assert.Equal((start, start.AddMinutes(31)), (kept.Start, kept.End));
            Assert.Equal(1u, (await VisitorAsync(site)).VisitCount);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_closed_visit_keeps_its_number_when_its_chunk_comes_again(bool toNextOwner)
    {
        var site = await stack.SiteAsync();
        TestChunk[] chunks = [Chunk(site, (0, 0)), Chunk(site, (90, 90))];
        await DeliverTwiceAsync(chunks, [chunks[0]], toNextOwner, async () =>
        {
            Assert.Equal([1u, 2u], (await VisitsAsync(site)).OrderBy(v => v.Start).Select(v => v.VisitNumber));
            Assert.Equal(2u, (await VisitorAsync(site)).VisitCount);
        });
    }

    [Fact]
    public async Task A_chunk_cut_off_before_its_snapshots_that_comes_again_after_a_later_one_splits_no_visit()
    {
        var site = await stack.SiteAsync();
        var (first, second) = (Chunk(site, (0, 0), (1, 1)), Chunk(site, (2, 2), (3, 3)));
        await using (var host = await WorkerHost.StartAsync(stack)) await DeliverAsync(host, [first]);
        foreach (var table in (string[])["visits", "visitors", "ledger"])
            await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM {table} WHERE site_id = {site.Id}");
        await using (var next = await WorkerHost.StartAsync(stack)) await DeliverAsync(next, [second, first]);
        var visit = Assert.Single(await VisitsAsync(site));
        Assert.Equal((4u, 1u, start, start.AddMinutes(3)), (visit.Pageviews, visit.VisitNumber, visit.Start, visit.End));
        Assert.Equal(1u, (await VisitorAsync(site)).VisitCount);
    }

    [Fact]
    public async Task A_visitor_stored_under_another_id_than_the_events_is_not_overwritten()
    {
        var site = await stack.SiteAsync();
        var tomorrow = View(site, 70, visitor: 6, yesterday: 1001);
        var late = new TestChunk(0, [(site.Id, start.AddMinutes(130), tomorrow)]);
        await DeliverTwiceAsync([Chunk(site, (0, 0)), Chunk(site, (60, 60)), late], [late], toNextOwner: true, async () =>
        {
            var visitor = await VisitorAsync(site);
            Assert.Equal((2u, start), (visitor.VisitCount, visitor.FirstSeen));
            Assert.Equal([1u, 2u], (await VisitsAsync(site)).OrderBy(v => v.Start).Select(v => v.Pageviews));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_two_collectors_hold_is_stored_once_even_when_one_of_them_comes_late(bool toNextOwner)
    {
        var site = await stack.SiteAsync();
        var view = View(site, 0);
        TestChunk Of(double receivedAt) => new(0, [(site.Id, start.AddMinutes(receivedAt), view)]);
        var (first, later, copy) = (Of(0), Chunk(site, (12, 12), (25, 25)), Of(0.2));
        await DeliverTwiceAsync([first, later, copy], [copy, first], toNextOwner, async () =>
        {
            var events = await stack.Store.Client.RowsOfSiteAsync(site.Id);
            Assert.Equal(first.Id, Assert.Single(events, e => e.EventId == view.Id).ChunkId);
            Assert.Equal(3u, Assert.Single(await VisitsAsync(site)).Pageviews);
            var ledger = await store.Ledger.BetweenAsync(site.Id, start.AddHours(-1), start.AddHours(1), default);
            Assert.Equal((1L, 3L), (Sum(ledger, "duplicate"), Sum(ledger, "stored")));
        });
    }

    static long Sum(List<LedgerRow> ledger, string outcome) => ledger.Where(l => l.Outcome == outcome).Sum(l => (long)l.Events);

    /// <summary>Checks after the first delivery and after the second one.</summary>
    async Task DeliverTwiceAsync(TestChunk[] first, TestChunk[] again, bool toNextOwner, Func<Task> check)
    {
        var host = await WorkerHost.StartAsync(stack);
        try
        {
            await DeliverAsync(host, first);
            await check();
            if (toNextOwner)
            {
                await host.DisposeAsync();
                host = await WorkerHost.StartAsync(stack);
            }
            await DeliverAsync(host, again);
            await check();
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>One after the other; a partition takes one chunk at a time, so that those before the last one are done with it.</summary>
    async Task DeliverAsync(WorkerHost host, TestChunk[] chunks)
    {
        foreach (var chunk in chunks)
        {
            await host.SendPayloadAsync(chunk);
            var marker = TestChunk.Of(await stack.SiteAsync(), 0, visitors: 1, start);
            await host.SendAsync(marker);
            await host.FinishedAsync(marker.Id);
        }
    }

    TestChunk Chunk(Site site, params (double Minute, double ReceivedAt)[] views) =>
        new(0, [.. views.Select(v => (site.Id, start.AddMinutes(v.ReceivedAt), View(site, v.Minute)))]);

    CollectedEvent View(Site site, double minute, ulong visitor = 1001, ulong yesterday = 0)
    {
        var at = start.AddMinutes(minute);
        var view = TestChunk.View(site, visitor, at);
        return new CollectedEvent
        {
            Id = view.Id, Name = view.Name, Timestamp = at, ClientTimestamp = at, Url = view.Url, Mode = view.Mode,
            CookielessId = visitor, CookielessIdYesterday = yesterday, UserAgent = view.UserAgent,
        };
    }

    async Task<VisitorRow> VisitorAsync(Site site) => Assert.Single(await store.Visitors.FindAsync([site.Id], [1001], default));

    /// <summary>Tombstones included.</summary>
    async Task<List<VisitRow>> VisitsAsync(Site site)
    {
        var events = await stack.Store.Client.RowsOfSiteAsync(site.Id);
        return await store.Visits.WithMergedAsync([site.Id], events.Select(e => e.VisitId).Distinct(), start.AddDays(-1), start.AddDays(1), default);
    }
}
