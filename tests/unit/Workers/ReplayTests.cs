using MemoryPack;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Replay;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

public sealed class ReplayTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime Start = DateTime.UtcNow.AddMinutes(-5);

    [Fact]
    public async Task An_event_that_no_step_can_digest_is_kept_and_its_neighbours_are_stored()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 3);
        var poison = new CollectedEvent { Id = Guid.NewGuid(), Name = "a\0b", Timestamp = chunk.Events[0].At, ClientTimestamp = chunk.Events[0].At, Url = null!, CookielessId = 9 };
        chunk.Events.Insert(1, (site.Id, chunk.Events[0].At, poison));
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        var failed = Assert.Single(await host.Get<FailedEvents>().NewestAsync(Authorized(site), 10, default));
        Assert.Equal((poison.Id, "a\ufffdb", "not_processable", null), (failed.EventId, failed.Name, failed.Reason, failed.ReplayedAt));
        Assert.Equal(4, (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Count);
        await BalancedAsync(host, site, stored: 4, invalid: 1 + 2);
    }

    [Fact]
    public async Task Replayed_events_keep_their_ids_count_as_received_again_and_are_replayed_once()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync(partition: 1);
        CollectedEvent[] events = [.. Enumerable.Range(1, 3).Select(n => TestChunk.View(site, (ulong)n, TestChunk.Millisecond(Start.AddSeconds(n))))];
        await KeepAsync(site, events);
        var failed = host.Get<FailedEvents>();
        var first = (await failed.NewestAsync(Authorized(site), 10, default)).Single(e => e.EventId == events[0].Id);
        Assert.Equal(1, await failed.ReplayAsync(Authorized(site), [first.Id], default));
        Assert.Equal(2, await failed.ReplayAsync(Authorized(site), null, default));
        Assert.Equal(0, await failed.ReplayAsync(Authorized(site), null, default));
        await Eventually.TrueAsync(async () => (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Count == 3, "all are stored");
        var rows = await stack.Store.Client.RowsOfSiteAsync(site.Id);
        Assert.Equal(events.Select(e => (e.Id, e.Timestamp)).Order(), rows.Select(r => (r.EventId, r.Timestamp)).Order());
        await BalancedAsync(host, site, stored: 3, invalid: 0);
    }

    [Fact]
    public async Task One_tenant_cannot_replay_or_see_what_is_another_ones()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var (site, other) = (await stack.SiteAsync(), await stack.SiteAsync());
        await KeepAsync(site, [TestChunk.View(site, 1, Start)]);
        var failed = host.Get<FailedEvents>();
        var id = (await failed.NewestAsync(Authorized(site), 10, default)).Single().Id;
        Assert.Empty(await failed.NewestAsync(Authorized(other), 10, default));
        Assert.Equal(0, await failed.ReplayAsync(Authorized(other), [id], default));
    }

    [Fact]
    public async Task A_quarantined_chunk_that_is_replayed_becomes_done_and_its_dead_events_stored()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 3);
        await host.SendAsync(chunk with { Garbage = [1, 2, 3] });
        await host.FinishedAsync(chunk.Id);
        await LedgerAsync(host, site, r => r.Steps.Sum(s => s.Dead) == 4, "the events are dead");
        Assert.True(await host.Get<FailedChunks>().ReplayAsync(chunk.Id, default));
        Assert.False(await host.Get<FailedChunks>().ReplayAsync(chunk.Id, default));
        await Eventually.TrueAsync(async () => await stack.Database().FailedChunks.AnyAsync(f => f.ChunkId == chunk.Id && f.ReplayedAt == null), "it failed again");
        await using (var db = stack.Database())
        {
            await db.ChunkReplays.Where(r => r.ChunkId == chunk.Id).ExecuteDeleteAsync();
            await db.FailedChunks.Where(f => f.ChunkId == chunk.Id).ExecuteUpdateAsync(f => f.SetProperty(x => x.Payload, chunk.Payload()));
        }
        Assert.True(await host.Get<FailedChunks>().ReplayAsync(chunk.Id, default));
        await Eventually.TrueAsync(async () => await stack.Database().Chunks.AnyAsync(c => c.CorrelationId == chunk.Id && c.CurrentState == "Done"), "it is done");
        await BalancedAsync(host, site, stored: 4, invalid: 2);
        Assert.Equal(chunk.Events.Select(e => e.Event.Id).Order(), (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Select(r => r.EventId).Order());
    }

    [Fact]
    public async Task What_a_collector_rejected_is_kept_once_and_can_be_replayed()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var late = TestChunk.View(site, 1, TestChunk.Millisecond(Start.AddDays(-40)));
        var message = new EventsDropped(Guid.CreateVersion7(), [new DroppedEvent(site.Id, Start, "too_old", MemoryPackSerializer.Serialize(late))]);
        for (var i = 0; i < 2; i++) await host.Bus.Publish(message);
        await Eventually.TrueAsync(async () => (await host.Get<FailedEvents>().NewestAsync(Authorized(site), 10, default)).Count > 0, "it is kept");
        Assert.Equal(1, await host.Get<FailedEvents>().ReplayAsync(Authorized(site), null, default));
        await Eventually.TrueAsync(async () => (await stack.Store.Client.RowsOfSiteAsync(site.Id)).Count == 1, "it is stored");
        Assert.Equal("too_old", Assert.Single(await host.Get<FailedEvents>().NewestAsync(Authorized(site), 10, default)).Reason);
    }

    [Fact]
    public async Task Old_failed_events_are_forgotten()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var old = TestChunk.View(site, 1, DateTime.UtcNow - FailedEvents.Kept - TimeSpan.FromHours(1));
        var fresh = TestChunk.View(site, 2, DateTime.UtcNow - FailedEvents.Kept + TimeSpan.FromHours(1));
        await KeepAsync(site, [old, fresh]);
        await host.Get<FailedEvents>().TrimAsync(default);
        Assert.Equal([fresh.Id], (await host.Get<FailedEvents>().NewestAsync(Authorized(site), 10, default)).Select(e => e.EventId));
    }

    async Task KeepAsync(Site site, CollectedEvent[] events)
    {
        await using var db = stack.Database();
        var chunk = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++)
            await FailedEventRows.KeepAsync(db, chunk, [.. events.Select((e, place) => new FailedEventRow(
                site.Id, place, e.Id, e.Name, "not_processable", "", e.Timestamp, MemoryPackSerializer.Serialize(e)))], default);
    }

    static Task BalancedAsync(WorkerHost host, Site site, long stored, long invalid) => LedgerAsync(host, site, report =>
        report.Steps.Sum(s => s.Stored) == stored && report.Steps.Sum(s => s.Invalid) == invalid && report.Steps.Sum(s => s.Dead) == 0
            && report.Steps.All(s => s.Imbalance == 0 && s.InFlight == 0), $"the ledger says {stored} stored, {invalid} invalid and balances");

    static Task LedgerAsync(WorkerHost host, Site site, Func<LedgerReport, bool> isThere, string what) => Eventually.TrueAsync(async () =>
        isThere(await host.Get<Ledger>().OfAsync(Authorized(site), TestChunk.Minute(DateTime.UtcNow.AddHours(-1)), DateTime.UtcNow.AddMinutes(2), 1, default)), what);

    static AuthorizedSite Authorized(Site site) =>
        AuthorizedSite.For(new Member { TenantId = site.TenantId, UserId = Guid.NewGuid(), Role = MemberRole.Owner, CreatedAt = DateTime.UtcNow }, site)!;
}
