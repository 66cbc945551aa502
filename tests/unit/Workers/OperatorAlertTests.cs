using Hangfire;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Operator;

namespace SaaS.Analytics.Tests.Workers;

public sealed class OperatorAlertTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime At = TestChunk.Minute(DateTime.UtcNow.AddMinutes(-30));

    [Theory]
    [InlineData("ALTER TABLE events DELETE WHERE site_id = {0} AND chunk_index = 0")]
    [InlineData("ALTER TABLE events DELETE WHERE site_id = {0}")]
    [InlineData("ALTER TABLE ledger DELETE WHERE site_id = {0} AND outcome = 'stored'")]
    [InlineData("ALTER TABLE ledger DELETE WHERE site_id = {0} AND outcome = 'received'")]
    public async Task Rows_deleted_by_hand_raise_one_alert_and_one_mail_for_their_site(string deletion)
    {
        await using var host = await UnauditedAsync("operator@example.com");
        var site = await StoredAsync(host);
        var audit = host.Get<LedgerAudit>();
        await audit.CheckRecentAsync(default);
        Assert.Empty(await AlertsAsync(site));
        await stack.Store.Client.ExecuteNonQueryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, deletion, site.Id) + " SETTINGS mutations_sync = 2");
        for (var i = 0; i < 2; i++) await audit.CheckRecentAsync(default);
        await audit.CheckMonthAsync(default);
        var alert = Assert.Single(await AlertsAsync(site));
        Assert.Equal((LedgerAudit.Kind, At, null), (alert.Kind, alert.Since, alert.ResolvedAt));
        await using var db = stack.Database();
        Assert.Single(await db.Outbox.Where(m => m.To == "operator@example.com" && m.Text.Contains($"site {site.Id} ")).ToListAsync());
    }

    [Fact]
    public async Task A_chunk_deleted_by_hand_is_found_by_the_job_and_its_neighbour_is_not_in_the_alert()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var (site, neighbour) = (await StoredAsync(host), await StoredAsync(host));
        // The job may have run by itself between a chunk's two entries in the ledger.
        await host.Get<LedgerAudit>().CheckRecentAsync(default);
        var chunk = (await stack.Store.Client.RowsOfSiteAsync(site.Id))[0].ChunkId;
        await stack.Store.Client.ExecuteNonQueryAsync($"ALTER TABLE events DELETE WHERE site_id = {site.Id} AND chunk_id = '{chunk}' SETTINGS mutations_sync = 2");
        host.Get<IRecurringJobManager>().Trigger("ledger-recent");
        await Eventually.TrueAsync(async () => (await OpenAsync(site)).Count == 1, "the job of every minute has found it");
        Assert.Contains("4 counted as stored, 0 in the table of events", (await OpenAsync(site)).Single().Details);
        Assert.Empty(await OpenAsync(neighbour));
    }

    [Fact]
    public async Task An_alert_is_resolved_when_the_rows_are_back()
    {
        await using var host = await UnauditedAsync();
        var site = await StoredAsync(host);
        var extra = new LedgerRow(site.Id, At, Guid.CreateVersion7(), Outcomes.Received, "", 5);
        await host.Get<LedgerStore>().InsertAsync([extra], default);
        await host.Get<LedgerAudit>().CheckRecentAsync(default);
        Assert.Null(Assert.Single(await AlertsAsync(site)).ResolvedAt);
        await host.Get<LedgerStore>().InsertAsync([extra with { Outcome = Outcomes.Excluded, Reason = "r" }], default);
        await host.Get<LedgerAudit>().CheckRecentAsync(default);
        Assert.NotNull(Assert.Single(await AlertsAsync(site)).ResolvedAt);
    }

    [Fact]
    public async Task What_is_in_flight_is_no_imbalance()
    {
        await using var host = await UnauditedAsync();
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 3, At);
        await host.Bus.Publish(chunk.Sealed());
        await Eventually.TrueAsync(async () => (await stack.Store.Store.Ledger.BetweenAsync(site.Id, At, At.AddMinutes(1), default)).Count > 0, "received");
        await host.Get<LedgerAudit>().CheckRecentAsync(default);
        Assert.Empty(await AlertsAsync(site));
    }

    [Fact]
    public async Task A_chunk_whose_news_were_lost_is_ended_and_one_that_is_nowhere_is_told_of()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var (storedId, failedId, lostId) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = DateTime.UtcNow;
        await using var db = stack.Database();
        db.AddRange(new[] { storedId, failedId, lostId }.Select(id => new ChunkState
        {
            CorrelationId = id, CurrentState = "Sealed", CollectorId = "gone", Events = 2, SealedAt = now.AddHours(-1),
            Counts = $$"""[{"SiteId":1,"Minute":"{{At:O}}","Received":2,"Dropped":[]}]""",
        }));
        db.Add(new FailedChunk { ChunkId = failedId, CollectorId = "gone", Partition = 0, Events = 2, Payload = [1], Error = "broken", FailedAt = now });
        await db.SaveChangesAsync();
        await host.Get<LedgerStore>().InsertAsync(
            [new LedgerRow(1, At, storedId, Outcomes.Received, "", 2), new LedgerRow(1, At, storedId, Outcomes.Stored, "", 2), new LedgerRow(1, At, lostId, Outcomes.Received, "", 2)], default);
        await host.Get<StuckChunks>().SweepAsync(default);
        await Eventually.TrueAsync(() => StateAsync(storedId, "Done"), "the stored one is done");
        await Eventually.TrueAsync(() => StateAsync(failedId, "Quarantined"), "the failed one is quarantined");
        await host.Get<StuckChunks>().SweepAsync(default);
        var alert = await db.OperatorAlerts.AsNoTracking().SingleAsync(a => a.Kind == StuckChunks.Kind && a.ResolvedAt == null);
        Assert.StartsWith($"1 chunks with 2 events", alert.Details);
        Assert.Contains($"{lostId}", alert.Details);
        await host.Get<KeptFailures>().CheckAsync(default);
        Assert.Single(await db.OperatorAlerts.Where(a => a.Kind == "quarantined_chunks" && a.ResolvedAt == null).ToListAsync());
    }

    async Task<List<OperatorAlert>> OpenAsync(Site site) => [.. (await AlertsAsync(site)).Where(a => a.ResolvedAt is null)];

    /// <summary>Audits only when the test does: what is stored here is old enough for the job of every minute to look between two entries.</summary>
    async Task<WorkerHost> UnauditedAsync(string operatorMail = "")
    {
        var host = await WorkerHost.StartAsync(stack, operatorMail: operatorMail);
        host.Get<IRecurringJobManager>().RemoveIfExists("ledger-recent");
        return host;
    }

    async Task<Site> StoredAsync(WorkerHost host)
    {
        var site = await stack.SiteAsync();
        var chunk = TestChunk.Of(site, 0, visitors: 3, At);
        await host.SendAsync(chunk);
        await host.FinishedAsync(chunk.Id);
        await Eventually.TrueAsync(async () => (await stack.Store.Store.Ledger.BetweenAsync(site.Id, At, At.AddMinutes(1), default)).Any(l => l.Outcome == "received"), "counted");
        return site;
    }

    async Task<List<OperatorAlert>> AlertsAsync(Site site)
    {
        await using var db = stack.Database();
        return await db.OperatorAlerts.Where(a => a.SiteId == site.Id).ToListAsync();
    }

    async Task<bool> StateAsync(Guid id, string state)
    {
        await using var db = stack.Database();
        return await db.Chunks.AnyAsync(c => c.CorrelationId == id && c.CurrentState == state);
    }
}
