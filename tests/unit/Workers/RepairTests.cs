using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Repairs;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>Events that come days late, on the real stores.</summary>
public sealed class RepairTests(WorkerStack stack, Xunit.Abstractions.ITestOutputHelper output) : IClassFixture<WorkerStack>
{
    const ulong Device = 77;

    /// <summary>Noon, days ago: what is sent now finds that visit closed.</summary>
    readonly DateTime noon = DateTime.UtcNow.Date.AddDays(-9).AddHours(12);
    readonly AnalyticStore store = stack.Store.Store;

    [Fact]
    public async Task Events_that_were_offline_for_days_end_in_the_visit_they_belong_to()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        await SendAsync(host, Chunk(site, 0, 0, 60 * 24), Chunk(site, 8 * 1440, 10, 20));
        var visits = await RepairedAsync(host, site, count: 2);
        Assert.Equal([3u, 1u], visits.Select(v => v.Pageviews));
        Assert.Equal((noon, noon.AddMinutes(20)), (visits[0].Start, visits[0].End));
        Assert.Equal([1u, 2u], visits.Select(v => v.VisitNumber));
        Assert.Equal(3, (await EventsAsync(site)).Count(e => e.VisitId == visits[0].VisitId));
        var visitor = Assert.Single(await store.Visitors.FindAsync([site.Id], [Device], default));
        Assert.Equal((2u, visits[1].VisitId), (visitor.VisitCount, visitor.LastVisitId));
        Assert.Contains(DateOnly.FromDateTime(noon), await DirtyDaysAsync(site));
    }

    [Fact]
    public async Task A_late_event_between_two_visits_makes_them_one_and_labels_their_events()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        await SendAsync(host, Chunk(site, 40, 0, 40), Chunk(site, 5 * 1440, 20));
        var visit = Assert.Single(await RepairedAsync(host, site, count: 1));
        Assert.Equal((3u, 1u), (visit.Pageviews, visit.VisitNumber));
        Assert.All(await EventsAsync(site), e => Assert.Equal((visit.VisitId, visit.VisitorId), (e.VisitId, e.VisitorId)));
    }

    [Fact]
    public async Task Who_signed_up_late_is_one_visitor_and_its_events_say_so()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var start = DateTime.UtcNow.Date.AddDays(-3).AddHours(14);
        TestChunk Of(double receivedAt, double minute, ulong device) => new(0,
            [(site.Id, start.AddMinutes(receivedAt), View(site, start.AddMinutes(minute), device, cookieless: 5001))]);
        await SendAsync(host, Of(30, 30, Device), Of(200, 20, 0), Of(1440 * 2, 1440 * 2, Device));
        var visits = await RepairedAsync(host, site, count: 2);
        Assert.Equal([2u, 1u], visits.Select(v => v.Pageviews));
        Assert.Equal([1u, 2u], visits.Select(v => v.VisitNumber));
        Assert.Single((await EventsAsync(site)).Select(e => e.VisitorId).Append(visits[0].VisitorId).Append(visits[1].VisitorId).Distinct());
    }

    [Fact]
    public async Task Visits_made_again_from_raw_are_the_live_ones_row_by_row()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var random = new Random(7);
        var minutes = Enumerable.Range(0, 400).Select(_ => Math.Round(random.NextDouble() * 3000, 3)).Order().ToArray();
        TestChunk[] chunks = [.. minutes.Chunk(40).Select(part => new TestChunk(0, [.. part.Select(m =>
        {
            var at = TestChunk.Millisecond(noon.AddMinutes(m));
            return (site.Id, at, View(site, at, (ulong)random.Next(0, 4) + Device, cookieless: 9000 + (ulong)random.Next(4)));
        })]))];
        await SendAsync(host, chunks);
        await DoneAsync(host, site);
        var live = (await VisitsAsync(site), await VisitorsAsync(site));
        await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM visits WHERE site_id = {site.Id}");
        await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM visitors WHERE site_id = {site.Id}");
        for (var times = 0; times < 2; times++)
        {
            await RebuiltAsync(host, site);
            Assert.Equal(live.Item1.Select(Plain), (await VisitsAsync(site)).Select(Plain));
            Assert.Equal(live.Item2, await VisitorsAsync(site));
        }
        Assert.True(live.Item1.Count > 50);
        Assert.Equal(VisitFold.Fold(await EventsAsync(site), 0).OrderBy(v => v.VisitId).Select(v => Plain(v) with { VisitNumber = 0 }),
            live.Item1.OrderBy(v => v.VisitId).Select(v => Plain(v) with { VisitNumber = 0 }));
    }

    [Fact]
    public async Task Late_events_of_many_visitors_with_long_histories_are_repaired_while_chunks_go_on()
    {
        const int visitors = 250, days = 40;
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var first = noon.AddDays(-days);
        foreach (var day in Enumerable.Range(0, days).Chunk(10))
            await SendAsync(host, new TestChunk(0, [.. day.SelectMany(d => Enumerable.Range(0, visitors).SelectMany(v => new[] { 0, 10 }.Select(m =>
                (site.Id, first.AddDays(d).AddMinutes(m), View(site, first.AddDays(d).AddMinutes(m).AddMilliseconds(v), 1000 + (ulong)v, 0)))))]));
        var late = first.AddDays(days / 2).AddMinutes(5);
        await SendAsync(host, new TestChunk(0, [.. Enumerable.Range(0, visitors).Select(v => (site.Id, noon, View(site, late.AddMilliseconds(v), 1000 + (ulong)v, 0)))]));
        await DoneAsync(host, site);
        output.WriteLine($"{visitors} visitors of {2 * days} events: chunks waited {host.Get<RepairRun>().LongestHold.TotalMilliseconds:0} ms at most");
        var visits = await store.Visits.EndedSinceAsync([site.Id], first.AddDays(-1), default);
        Assert.Equal(visitors * days, visits.Count);
        Assert.Equal(visitors, visits.Count(v => v.Pageviews == 3 && v.VisitNumber == days / 2 + 1));
    }

    [Fact]
    public async Task A_rebuild_ends_visits_of_which_no_event_is_left()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        await SendAsync(host, Chunk(site, 0, 0, 60));
        await stack.Store.Client.ExecuteNonQueryAsync($"DELETE FROM events WHERE site_id = {site.Id} AND timestamp > {Milliseconds(noon)}");
        await RebuiltAsync(host, site);
        Assert.Equal(noon, Assert.Single(await VisitsAsync(site)).Start);
    }

    static string Milliseconds(DateTime t) => $"fromUnixTimestamp64Milli({new DateTimeOffset(t).ToUnixTimeMilliseconds()}, 'UTC')";

    /// <summary>As an operator asks for it.</summary>
    async Task RebuiltAsync(WorkerHost host, Site site)
    {
        var (id, first) = (Guid.CreateVersion7(), DateOnly.FromDateTime(noon));
        await using var db = stack.Database();
        db.Add(new VisitRebuild
        {
            Id = id, SiteId = site.Id, FirstDay = first, LastDay = first.AddDays(3), NextDay = first, RequestedAt = DateTime.UtcNow, RequestedBy = "operator@example.com",
        });
        await db.SaveChangesAsync();
        await Eventually.TrueAsync(() => db.VisitRebuilds.AnyAsync(r => r.Id == id && r.FinishedAt != null), "rebuilt");
        Assert.True((await db.VisitRebuilds.AsNoTracking().SingleAsync(r => r.Id == id)) is { Visitors: > 0 } done && done.NextDay == first.AddDays(4));
    }

    static VisitRow Plain(VisitRow v) => v with { Version = 0 };

    async Task<List<VisitRow>> RepairedAsync(WorkerHost host, Site site, int count)
    {
        await DoneAsync(host, site);
        var visits = await VisitsAsync(site);
        Assert.Equal(count, visits.Count);
        return visits;
    }

    static Task DoneAsync(WorkerHost host, Site site) => Eventually.TrueAsync(
        async () => (await host.Get<RepairQueue>().NextAsync([site.Id], 1, default)).Count == 0, "repaired");

    static async Task SendAsync(WorkerHost host, params TestChunk[] chunks)
    {
        foreach (var chunk in chunks)
        {
            await host.SendAsync(chunk);
            await host.FinishedAsync(chunk.Id);
        }
    }

    TestChunk Chunk(Site site, double receivedAt, params double[] minutes) => new(0,
        [.. minutes.Select(m => (site.Id, noon.AddMinutes(Math.Max(receivedAt, m)), View(site, noon.AddMinutes(m), Device, 0)))]);

    static CollectedEvent View(Site site, DateTime at, ulong device, ulong cookieless) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = at, ClientTimestamp = at, Url = $"https://{site.Domain}/p/{at.Ticks}",
        Mode = device != 0 ? VisitorMode.Consented : VisitorMode.Cookieless, ConsentedId = device, CookielessId = cookieless,
    };

    Task<List<EventRow>> EventsAsync(Site site) => stack.Store.Client.RowsOfSiteAsync(site.Id);

    async Task<List<VisitRow>> VisitsAsync(Site site) =>
        [.. (await store.Visits.EndedSinceAsync([site.Id], noon.AddDays(-1), default)).OrderBy(v => v.Start).ThenBy(v => v.VisitId)];

    async Task<List<string>> VisitorsAsync(Site site) =>
        [.. (await store.Visitors.FindAsync([site.Id], Enumerable.Range((int)Device, 4).Select(i => (ulong)i).Concat([9000UL, 9001UL, 9002UL, 9003UL]), default))
            .Where(v => v.VisitCount > 0 || v.Aliases.Length > 0).OrderBy(v => v.VisitorId).Select(v => $"{v with { Version = 0 }} {string.Join(',', v.Aliases.Order())}")];

    async Task<List<DateOnly>> DirtyDaysAsync(Site site)
    {
        await using var db = stack.Database();
        return await db.DirtyDays.Where(d => d.SiteId == site.Id).Select(d => d.Day).ToListAsync();
    }
}
