using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>
/// Makes the visits of a site's days again from its events, one day after the other: all its visitors are given to the repair.
/// Visits and visitors may be gone altogether before. Doing a day twice changes nothing.
/// </summary>
public sealed class RebuildRun(
    IDbContextFactory<SystemDb> databases, AnalyticStore store, EventCorrections events, RepairQueue queue, TimeProvider clock)
{
    /// <summary>Gives the next day to the repair, or ends what is done, for each of the sites whose last day is repaired.</summary>
    /// <returns>False where nothing went on.</returns>
    public async Task<bool> StepAsync(IReadOnlyCollection<int> sites, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db.VisitRebuilds.AsNoTracking().Where(r => r.FinishedAt == null && sites.Contains(r.SiteId))
            .OrderBy(r => r.RequestedAt).ToListAsync(cancel);
        var isMoving = false;
        foreach (var rebuild in open.DistinctBy(r => r.SiteId))
            isMoving |= await StepAsync(db, rebuild, cancel);
        return isMoving;
    }

    async Task<bool> StepAsync(SystemDb db, VisitRebuild rebuild, CancellationToken cancel)
    {
        if (rebuild.NextDay > rebuild.FirstDay && await IsWaitingAsync(db, rebuild.SiteId, rebuild.NextDay.AddDays(-1), cancel)) return false;
        var same = db.VisitRebuilds.Where(r => r.Id == rebuild.Id && r.NextDay == rebuild.NextDay);
        if (rebuild.NextDay > rebuild.LastDay)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await same.ExecuteUpdateAsync(r => r.SetProperty(x => x.FinishedAt, now), cancel);
            return true;
        }
        var count = await GiveAsync(rebuild.SiteId, rebuild.NextDay, cancel);
        await same.ExecuteUpdateAsync(r => r.SetProperty(x => x.NextDay, rebuild.NextDay.AddDays(1)).SetProperty(x => x.Visitors, x => x.Visitors + count), cancel);
        return true;
    }

    static Task<bool> IsWaitingAsync(SystemDb db, int siteId, DateOnly day, CancellationToken cancel)
    {
        var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return db.VisitRepairs.AnyAsync(r => r.SiteId == siteId && r.FirstAt < from.AddDays(1) && r.LastAt >= from, cancel);
    }

    async Task<int> GiveAsync(int siteId, DateOnly day, CancellationToken cancel)
    {
        var (from, to) = (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        HashSet<ulong> visitors = [
            .. await events.VisitorsAsync(siteId, from, to, cancel), .. await store.Visits.VisitorsAsync(siteId, from, to, cancel)];
        await queue.RecordAsync([.. visitors.Select(v => new VisitRepair(siteId, v, [v], from, to.AddMilliseconds(-1)))], cancel);
        return visitors.Count;
    }
}
