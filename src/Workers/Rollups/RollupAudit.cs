using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Workers.Operator;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>
/// Compares every published day with the raw events, marks those that differ and those that are missing, and clears the rows
/// of builds that no longer hold. A day that differs without a mark is an alert: somebody stored events and did not say so.
/// </summary>
public sealed class RollupAudit(IDbContextFactory<SystemDb> databases, RollupStore store, DirtyMarks marks, OperatorAlerts alerts, TimeProvider clock)
{
    public const string Kind = "rollup_difference";

    /// <summary>Events this far back may still have been under way while the two were counted.</summary>
    static readonly TimeSpan Unsettled = TimeSpan.FromMinutes(15);

    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        var problems = new List<OperatorProblem>();
        foreach (var row in await db.Sites.AsNoTracking().Where(s => s.FirstEventAt != null).ToListAsync(cancel))
            if (await CheckAsync(db, RollupSite.Of(row, now), cancel) is { } problem) problems.Add(problem);
        await alerts.SetAsync(Kind, problems, DateTime.UnixEpoch, cancel);
        var before = await db.RollupBuilds.Where(b => b.StartedAt < now.AddHours(-1)).Select(b => (long?)b.Id).MaxAsync(cancel);
        if (before is { } last) await ClearAsync(db, last, cancel);
    }

    async Task<OperatorProblem?> CheckAsync(SystemDb db, RollupSite site, CancellationToken cancel)
    {
        var (id, authorized) = (site.Site.Id, AuthorizedSite.ForRollups(site.Site));
        if (await store.FirstDayAsync(authorized, cancel) is not { } first) return null;
        var days = await db.RollupDays.AsNoTracking().Where(d => d.SiteId == id).ToDictionaryAsync(d => d.Day, cancel);
        var range = site.Calendar.Days(first, site.Today.AddDays(-1));
        if (range.Length <= TimeSpan.Zero) return null;
        var raw = await store.RawAsync(authorized, range, cancel);
        var rolled = await store.RolledAsync(authorized, [.. days.Values.Select(d => new BuiltDay(d.Day, d.Build, d.RawRows))], cancel);
        // After the counts: what was stored in between has left a mark.
        var dirty = await db.DirtyDays.AsNoTracking().Where(d => d.SiteId == id).Select(d => d.Day).ToListAsync(cancel);
        var wrong = days.Values.Where(d => d.Settings == site.Settings && !dirty.Contains(d.Day) && !Same(d)).Select(d => d.Day).ToList();
        var missing = raw.Keys.Where(d => !days.ContainsKey(d) && site.Calendar.Start(d.AddDays(1)) < clock.GetUtcNow().UtcDateTime - Unsettled).ToList();
        if (wrong.Count + missing.Count > 0) await marks.MarkAsync([.. wrong.Concat(missing).Select(d => (id, d))], cancel);
        return wrong.Count == 0 ? null : new OperatorProblem(id, site.Calendar.Start(wrong.Min()),
            $"Rollups of site {id} differ from its events on {wrong.Count} days, first on {wrong.Min():yyyy-MM-dd}; nothing had marked them. They are built again.");

        bool Same(RollupDay day)
        {
            var (rows, counted) = raw.GetValueOrDefault(day.Day);
            return rows == day.RawRows && counted == rolled.GetValueOrDefault(day.Day).Counted;
        }
    }

    async Task ClearAsync(SystemDb db, long before, CancellationToken cancel)
    {
        var valid = (await db.RollupDays.AsNoTracking().Select(d => new { d.SiteId, d.Day, d.Build }).ToListAsync(cancel)).ToLookup(d => d.SiteId, d => (d.Day, d.Build));
        foreach (var site in await db.RollupBuilds.Select(b => b.SiteId).Distinct().ToListAsync(cancel))
            await store.ClearAsync(site, valid[site].ToHashSet(), before, cancel);
    }
}
