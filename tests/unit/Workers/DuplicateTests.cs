using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Stack;
using SaaS.Analytics.Workers.Repairs;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>
/// An event that comes again, from the client, the collector, the broker or for a lost reply, is in raw, visits and ledger what
/// it is when it comes once; what the client sent again is counted as duplicate in the minute of the copy's receipt.
/// </summary>
public sealed class DuplicateTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static int tests;

    /// <summary>Later in each test: what others stored is out of the partition's memory then.</summary>
    readonly DateTime start = TestChunk.Minute(DateTime.UtcNow).AddDays(-9).AddHours(30 * Interlocked.Increment(ref tests));
    readonly AnalyticStore store = stack.Store.Store;

    /// <param name="minutes">From the first receipt to that of the copy.</param>
    /// <param name="toNextOwner">Another worker gets the copy.</param>
    [Theory]
    [InlineData(0.2, false)]
    [InlineData(9, false)]
    [InlineData(9, true)]
    [InlineData(45, false)]
    [InlineData(45, true)]
    [InlineData(23 * 60, false)]
    [InlineData(23 * 60, true)]
    public async Task What_a_client_sends_again_in_another_chunk_within_24_hours_counts_once(double minutes, bool toNextOwner)
    {
        var site = await stack.SiteAsync();
        var (view, other) = (View(site, 0), View(site, 1));
        var (first, copy) = (Chunk(site, (0, view), (1, other)), Chunk(site, (minutes + 2, view)));
        await DeliverAsync([first, Chunk(site, (minutes + 2, View(site, minutes + 2, visitor: 9)))], [copy, copy], toNextOwner);
        await AssertAsync(site, events: 3, duplicates: 1, duplicateAt: minutes + 2);
        Assert.Equal(2u, (await VisitsAsync(site)).Single(v => v.VisitorId == 1001).Pageviews);
    }

    [Fact]
    public async Task After_24_hours_the_same_id_is_another_event()
    {
        var site = await stack.SiteAsync();
        var view = View(site, 0);
        await DeliverAsync([Chunk(site, (0, view))], [Chunk(site, (24 * 60 + 30, view))], toNextOwner: false);
        Assert.Equal(2, (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Count(e => e.EventId == view.Id));
    }

    [Fact]
    public async Task The_same_id_twice_in_a_batch_counts_once()
    {
        var site = await stack.SiteAsync();
        var view = View(site, 0);
        await DeliverAsync([Chunk(site, (0, view), (0, view), (0, view))], [], toNextOwner: false);
        await AssertAsync(site, events: 1, duplicates: 2, duplicateAt: 0);
    }

    [Theory]
    [InlineData("events", false)]
    [InlineData("events", true)]
    [InlineData("visits", false)]
    [InlineData("ledger", false)]
    public async Task A_reply_that_is_lost_changes_nothing(string table, bool comesAgain)
    {
        await using var proxy = new FaultProxy(stack.Store.Connection);
        var site = await stack.SiteAsync();
        var lost = 0;
        proxy.Fate = asked => Inserts(asked, table) && Interlocked.Increment(ref lost) <= 2 ? ReplyFate.Reset : ReplyFate.Passes;
        var chunk = Chunk(site, (0, View(site, 0)), (1, View(site, 1)));
        await using (var host = await WorkerHost.StartAsync(stack, store: proxy.Connection))
            for (var times = 0; times < (comesAgain ? 3 : 1); times++) await DeliverAsync(host, chunk);
        Assert.True(lost > 2, $"{lost} replies");
        await AssertAsync(site, events: 2, duplicates: 0, duplicateAt: 0);
    }

    [Fact]
    public async Task A_chunk_of_which_one_month_is_stored_is_completed()
    {
        var site = await stack.SiteAsync();
        var midnight = new DateTime(start.Year, start.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        var chunk = new TestChunk(0, [.. Enumerable.Range(-3, 6).Select(n => (site.Id, midnight.AddDays(1), OfDevice(site, midnight.AddMinutes(n))))]);
        await using (var host = await WorkerHost.StartAsync(stack)) await DeliverAsync(host, chunk);
        await stack.Store.Client.ExecuteNonQueryAsync($"ALTER TABLE events DELETE WHERE site_id = {site.Id} AND toYYYYMM(timestamp) = {midnight:yyyyMM} SETTINGS mutations_sync = 2");
        Assert.Equal(3, (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Count);
        await stack.Store.Client.ExecuteNonQueryAsync("ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0");
        await stack.Store.Client.ExecuteNonQueryAsync("ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 10000");
        await using (var next = await WorkerHost.StartAsync(stack))
        {
            await DeliverAsync(next, chunk);
            await Eventually.TrueAsync(async () => (await next.Get<RepairQueue>().NextAsync([site.Id], 1, default)).Count == 0, "its visit is repaired");
        }
        await AssertAsync(site, events: 6, duplicates: 0, duplicateAt: 0);
        Assert.Equal(6u, Assert.Single(await VisitsAsync(site)).Pageviews);
    }

    static bool Inserts(string asked, string table) =>
        Uri.UnescapeDataString(asked.Replace('+', ' ')).Replace("`", "", StringComparison.Ordinal).Contains($"INSERT INTO {table} ", StringComparison.Ordinal);

    /// <summary>Raw, visits and ledger say the same.</summary>
    async Task AssertAsync(Site site, int events, int duplicates, double duplicateAt)
    {
        var rows = await stack.Store.Client.RowsOfSiteAsync(site.Id);
        Assert.Equal((events, events), (rows.Count, rows.Select(r => r.EventId).Distinct().Count()));
        Assert.Equal(VisitFold.Fold(rows, 0).OrderBy(v => v.VisitId).Select(v => (v.VisitId, v.Events)), (await VisitsAsync(site)).OrderBy(v => v.VisitId).Select(v => (v.VisitId, v.Events)));
        var ledger = await store.Ledger.BetweenAsync(site.Id, start.AddDays(-60), start.AddDays(60), default);
        Assert.Equal((events, duplicates), (Sum(ledger, Outcomes.Stored), Sum(ledger, Outcomes.Duplicate)));
        Assert.All(ledger.Where(l => l.Outcome == Outcomes.Duplicate), l => Assert.Equal(TestChunk.Minute(start.AddMinutes(duplicateAt)), l.Minute));
    }

    static int Sum(List<LedgerRow> ledger, string outcome) => ledger.Where(l => l.Outcome == outcome).Sum(l => l.Events);

    async Task DeliverAsync(TestChunk[] first, TestChunk[] then, bool toNextOwner)
    {
        var host = await WorkerHost.StartAsync(stack);
        try
        {
            foreach (var chunk in first) await DeliverAsync(host, chunk);
            if (toNextOwner)
            {
                await host.DisposeAsync();
                host = await WorkerHost.StartAsync(stack);
            }
            foreach (var chunk in then) await DeliverAsync(host, chunk);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A partition takes one chunk at a time, so that those before a marker are done with it.</summary>
    async Task DeliverAsync(WorkerHost host, TestChunk chunk)
    {
        await host.SendPayloadAsync(chunk);
        var marker = TestChunk.Of(await stack.SiteAsync(), 0, visitors: 1, chunk.Events[^1].At);
        await host.SendAsync(marker);
        await host.FinishedAsync(marker.Id);
    }

    TestChunk Chunk(Site site, params (double ReceivedAt, CollectedEvent Event)[] events) =>
        new(0, [.. events.Select(e => (site.Id, start.AddMinutes(e.ReceivedAt), e.Event))]);

    CollectedEvent View(Site site, double minute, ulong visitor = 1001) => TestChunk.View(site, visitor, TestChunk.Millisecond(start.AddMinutes(minute)));

    static CollectedEvent OfDevice(Site site, DateTime at) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = at, ClientTimestamp = at, Url = $"https://{site.Domain}/", Mode = VisitorMode.Consented, ConsentedId = 77,
    };

    Task<List<VisitRow>> VisitsAsync(Site site) => store.Visits.EndedSinceAsync([site.Id], start.AddDays(-60), default);
}
