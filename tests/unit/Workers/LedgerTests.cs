using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Workers;

public sealed class LedgerTests(WorkerStack stack) : IClassFixture<WorkerStack>
{
    static readonly DateTime Minute = TestChunk.Minute(DateTime.UtcNow.AddMinutes(-30));

    [Fact]
    public async Task It_balances_with_chunks_in_flight_and_shows_what_is_missing()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var (stored, waiting) = (TestChunk.Of(site, 0, visitors: 4, Minute), TestChunk.Of(site, 0, visitors: 2, Minute.AddMinutes(1)));
        await host.SendAsync(stored);
        await host.FinishedAsync(stored.Id);
        await host.Bus.Publish(waiting.Sealed());
        var report = await UntilAsync(host, site, 1, r => r.Steps.Sum(s => s.Received) == 12 && r.Steps.Sum(s => s.InFlight) == 3);
        Assert.Equal(
            [(Minute, 7L, 5L, 2L, 0L), (Minute.AddMinutes(1), 5L, 0L, 2L, 3L)],
            report.Steps.Select(s => (s.At, s.Received, s.Stored, s.Invalid, s.InFlight)));
        Assert.All(report.Steps, s => Assert.Equal(0, s.Imbalance));
        Assert.Equal([new LedgerReason("invalid", "too_old", 4)], report.Reasons);
        await host.Get<LedgerStore>().InsertAsync(
            [new LedgerRow(site.Id, Minute, Guid.CreateVersion7(), Outcomes.Received, "", 9), new LedgerRow(site.Id, Minute.AddMinutes(2), Guid.CreateVersion7(), Outcomes.Stored, "", 1)], default);
        Assert.Equal([9L, 0L, -1L], (await host.Get<Ledger>().OfAsync(Authorized(site), Minute, Minute.AddHours(1), 1, default)).Steps.Select(s => s.Imbalance));
    }

    [Fact]
    public async Task Longer_steps_add_the_minutes_up()
    {
        await using var host = await WorkerHost.StartAsync(stack);
        var site = await stack.SiteAsync();
        var day = DateTime.UtcNow.Date.AddDays(-1);
        foreach (var at in (DateTime[])[day, day.AddHours(1).AddMinutes(59), day.AddHours(2)])
            await host.Get<LedgerStore>().InsertAsync([new LedgerRow(site.Id, at, Guid.CreateVersion7(), Outcomes.Received, "", 10)], default);
        var report = await host.Get<Ledger>().OfAsync(Authorized(site), day, day.AddDays(1), 120, default);
        Assert.Equal([(day, 20L), (day.AddHours(2), 10L)], report.Steps.Select(s => (s.At, s.Received)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.Get<Ledger>().OfAsync(Authorized(site), day, day, 7, default));
    }

    static async Task<LedgerReport> UntilAsync(WorkerHost host, Site site, int step, Func<LedgerReport, bool> isThere)
    {
        LedgerReport? report = null;
        await Eventually.TrueAsync(async () =>
            isThere(report = await host.Get<Ledger>().OfAsync(Authorized(site), Minute, Minute.AddHours(1), step, default)), "the ledger");
        return report!;
    }

    static AuthorizedSite Authorized(Site site) =>
        AuthorizedSite.For(new Member { TenantId = site.TenantId, UserId = Guid.NewGuid(), Role = MemberRole.Owner, CreatedAt = DateTime.UtcNow }, site)!;
}
