using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>Builds what is new or has changed, site by site, each tenant within its budget; what is left waits for the next run.</summary>
public sealed partial class RollupJob(
    IDbContextFactory<SystemDb> databases, RollupStore store, TimeProvider clock, IOptions<RollupBudget> budget, ILogger<RollupJob> log)
{
    /// <summary>Any number; the same for every worker.</summary>
    const long Lock = 0x726F6C6C;

    readonly RollupBuilder builder = new(databases, store, clock);

    /// <returns>How many days were built; none while another worker is at it.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({Lock}) AS \"Value\"").SingleAsync(cancel)) return 0;
        try
        {
            var sites = await db.Sites.AsNoTracking().Where(s => s.FirstEventAt != null).OrderBy(s => s.Id).ToListAsync(cancel);
            var built = 0;
            foreach (var tenant in sites.GroupBy(s => s.TenantId)) built += await BuildAsync(db, tenant, cancel);
            return built;
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    async Task<int> BuildAsync(SystemDb db, IEnumerable<Site> sites, CancellationToken cancel)
    {
        var (began, built) = (clock.GetTimestamp(), 0);
        foreach (var row in sites)
        {
            var site = RollupSite.Of(row, clock.GetUtcNow().UtcDateTime);
            foreach (var batch in await PlanAsync(db, site, cancel))
            {
                if (built >= budget.Value.Days || clock.GetElapsedTime(began).TotalSeconds >= budget.Value.Seconds) return built;
                if (!await TryAsync(site, batch, cancel)) break;
                built += batch.Length;
            }
        }
        return built;
    }

    async Task<IEnumerable<RollupBatch>> PlanAsync(SystemDb db, RollupSite site, CancellationToken cancel)
    {
        var id = site.Site.Id;
        var days = await db.RollupDays.AsNoTracking().Where(d => d.SiteId == id)
            .Join(db.RollupBuilds, d => d.Build, b => b.Id, (d, b) => new { Day = d, At = b.FinishedAt ?? b.StartedAt }).ToDictionaryAsync(d => d.Day.Day, d => (d.Day, d.At), cancel);
        var dirty = await db.DirtyDays.AsNoTracking().Where(d => d.SiteId == id).ToDictionaryAsync(d => d.Day, d => d.MarkedAt, cancel);
        var first = days.Count > 0 ? days.Keys.Min() : await store.FirstDayAsync(AuthorizedSite.ForRollups(site.Site), cancel);
        return first is { } day ? RollupPlan.Of(site, day, days, dirty, clock.GetUtcNow().UtcDateTime) : [];
    }

    /// <summary>A build that fails stays on record and is tried again; it stops none of other sites.</summary>
    async Task<bool> TryAsync(RollupSite site, RollupBatch batch, CancellationToken cancel)
    {
        try
        {
            await builder.BuildAsync(site, batch, cancel);
            return true;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(log, e, site.Site.Id, batch.First, batch.Last);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Rollups of site {SiteId}, {First} to {Last}, could not be built")]
    static partial void Failed(ILogger log, Exception error, int siteId, DateOnly first, DateOnly last);
}
