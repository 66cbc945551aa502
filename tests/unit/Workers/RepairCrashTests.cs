using Microsoft.Extensions.Logging.Abstractions;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Repairs;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>A worker dies between the steps of a repair that gives events to another visitor. No event counts twice, ever.</summary>
public sealed class RepairCrashTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    const ulong Device = 77;
    const ulong Hash = 5001;

    readonly DateTime start = DateTime.UtcNow.Date.AddDays(-3).AddHours(14);
    readonly AnalyticStore store = stack.Store.Store;

    /// <param name="steps">How many are done before the worker dies: visits, copies, copies in their place, labels.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_is_left_half_done_counts_each_event_once_and_is_ended_by_the_next_worker(int steps)
    {
        var site = await stack.SiteAsync();
        await StoreAsync(site);
        await BeginAsync(site, steps);
        Assert.Equal(4, (await EventsAsync(site)).Count);
        await using var next = await WorkerHost.StartAsync(stack);
        await DoneAsync(next, site);
        var events = await EventsAsync(site);
        Assert.Equal((4, 4), (events.Count, events.Select(e => e.EventId).Distinct().Count()));
        var visits = await VisitsAsync(site);
        Assert.Equal([3u, 1u], visits.Select(v => v.Pageviews));
        Assert.Equal([1u, 2u], visits.Select(v => v.VisitNumber));
        Assert.Equal(Hash, Assert.Single(events.Select(e => e.VisitorId).Concat(visits.Select(v => v.VisitorId)).Distinct()));
        Assert.Equal(VisitFold.Fold(events, 0).OrderBy(v => v.VisitId).Select(Numbers), visits.OrderBy(v => v.VisitId).Select(Numbers));
        await next.Get<EventCorrections>().ForgetCopiesAsync(DateTime.UtcNow.AddDays(1), default);
        Assert.Equal(4, await RowsAsync(site));
    }

    [Fact]
    public async Task Two_owners_that_repair_the_same_events_leave_each_of_them_once()
    {
        var site = await stack.SiteAsync();
        await StoreAsync(site);
        var corrections = Corrections();
        EventRow[] moved = [.. (await EventsAsync(site)).Where(e => e.VisitorId == Device).Select(e => e with { VisitorId = Hash })];
        var (first, second) = (EventCorrections.NewAttempt(DateTime.UtcNow), EventCorrections.NewAttempt(DateTime.UtcNow));
        await corrections.CopyAsync(moved, first, 0, default);
        await corrections.CopyAsync(moved, second, 0, default);
        Assert.Equal(4, (await EventsAsync(site)).Count);
        await corrections.PublishAsync(moved, first, default);
        for (var times = 0; times < 2; times++) await corrections.PublishAsync(moved, second, default);
        Assert.Equal([Hash, Hash, Hash, Hash], (await EventsAsync(site)).Select(e => e.VisitorId));
        Assert.Equal(4, await RowsAsync(site));
    }

    /// <summary>Two views of a device, known as its own visitor; a late view without it makes them the cookieless visitor's.</summary>
    async Task StoreAsync(Site site)
    {
        await using var host = await WorkerHost.StartAsync(stack);
        foreach (var (receivedAt, minutes, device) in ((double, double[], ulong)[])[(40, [30, 40], Device), (1440 * 2, [1440 * 2], Device), (200, [20], 0)])
        {
            var chunk = new TestChunk(0, [.. minutes.Select(m => (site.Id, start.AddMinutes(receivedAt), View(site, start.AddMinutes(m), device)))]);
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
    }

    /// <summary>A repair as <see cref="RepairRun"/> does it, as far as it gets. One that was done in time is asked for again, and changes nothing.</summary>
    async Task BeginAsync(Site site, int steps)
    {
        var corrections = Corrections();
        var people = new PeopleReader(store, corrections, new Patience(TimeProvider.System, NullLogger<Patience>.Instance));
        var from = start.AddMinutes(20);
        VisitRepair[] repairs = [new(site.Id, Hash, [Hash], from, from)];
        var history = (await people.ReadAsync(site.Id, repairs, default))!;
        var result = VisitRepairs.Make(history, new SiteRules(site.Id, TimeSpan.FromMinutes(30), [site.Domain]), null, (10ul << 40) + 1);
        if (steps > 0)
        {
            await store.Visits.InsertAsync(result.Visits, default);
            await store.Visitors.InsertAsync(result.Visitors, default);
        }
        var attempt = EventCorrections.NewAttempt(DateTime.UtcNow);
        foreach (var month in result.Moves.GroupBy(e => e.Timestamp.Month))
        {
            if (steps > 1) await corrections.CopyAsync([.. month], attempt, month.Key, default);
            if (steps > 2) await corrections.PublishAsync([.. month], attempt, default);
        }
        if (steps > 3) await corrections.RelabelAsync(result.Relabels, default);
    }

    EventCorrections Corrections() => new(stack.Store.Client, store.Events);

    static Task DoneAsync(WorkerHost host, Site site) => Eventually.TrueAsync(
        async () => (await host.Get<RepairQueue>().NextAsync([site.Id], 1, default)).Count == 0, "repaired");

    CollectedEvent View(Site site, DateTime at, ulong device) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = at, ClientTimestamp = at, Url = $"https://{site.Domain}/p/{at.Ticks}",
        Mode = device != 0 ? VisitorMode.Consented : VisitorMode.Cookieless, ConsentedId = device, CookielessId = at < start.AddDays(1) ? Hash : Hash + 2,
    };

    static (ulong, uint, DateTime, DateTime) Numbers(VisitRow v) => (v.VisitId, v.Pageviews, v.Start, v.End);

    Task<List<EventRow>> EventsAsync(Site site) => stack.Store.Client.RowsOfSiteAsync(site.Id);

    async Task<List<VisitRow>> VisitsAsync(Site site) =>
        [.. (await store.Visits.EndedSinceAsync([site.Id], start.AddDays(-1), default)).OrderBy(v => v.Start)];

    /// <summary>Also those that do not count.</summary>
    async Task<int> RowsAsync(Site site)
    {
        using var reader = await stack.Store.Client.ExecuteReaderAsync($"SELECT toInt32(count()) FROM events WHERE site_id = {site.Id}");
        return reader.Read() ? reader.GetInt32(0) : 0;
    }
}
