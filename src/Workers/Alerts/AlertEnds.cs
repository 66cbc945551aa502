using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>
/// Resolves alerts that are over: those about visits half an hour after the end of the visit, unless somebody has taken them in
/// hand; those about numbers when their rule is deleted or off.
/// </summary>
public sealed class AlertEnds(IDbContextFactory<SystemDb> databases, VisitStore visits, TimeProvider clock)
{
    static readonly TimeSpan After = TimeSpan.FromMinutes(30);
    const int AtOnce = 500;

    public async Task ResolveAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var over = Now - After;
        var old = await db.Alerts.AsNoTracking()
            .Where(a => a.State == AlertStates.Open && a.VisitId != 0 && a.OpenedAt < over && !db.AlertNotes.Any(n => n.AlertId == a.Id && n.By != ""))
            .OrderBy(a => a.OpenedAt).Select(a => new Old(a.Id, a.SiteId, a.VisitId)).ToListAsync(cancel);
        foreach (var part in old.Chunk(AtOnce))
            await ResolveAsync(await EndedAsync(part, over, cancel), "Resolved: the visit has ended", cancel);
        var unruled = await db.Alerts.AsNoTracking()
            .Where(a => a.VisitId == 0 && (a.Holds || a.State != AlertStates.Resolved) && !db.AlertRules.Any(r => r.Id == a.RuleId && r.Enabled)).Select(a => a.Id).ToListAsync(cancel);
        foreach (var part in unruled.Chunk(AtOnce))
            await ResolveAsync(part, "Resolved: the rule was deleted or turned off", cancel);
    }

    /// <summary>A visit that is not stored any more goes on no longer.</summary>
    async Task<List<Guid>> EndedAsync(Old[] alerts, DateTime over, CancellationToken cancel)
    {
        var found = await visits.FindAsync(alerts.Select(a => a.SiteId).Distinct(), alerts.Select(a => (ulong)a.VisitId).Distinct(), cancel);
        var ends = found.ToDictionary(v => (v.SiteId, (long)v.VisitId), v => v.End);
        return [.. alerts.Where(a => ends.GetValueOrDefault((a.SiteId, a.VisitId)) < over).Select(a => a.Id)];
    }

    async Task ResolveAsync(IReadOnlyCollection<Guid> ids, string why, CancellationToken cancel)
    {
        if (ids.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var alerts = await db.Alerts.AsTracking().Where(a => ids.Contains(a.Id)).ToListAsync(cancel);
        foreach (var alert in alerts)
        {
            alert.Holds = false;
            if (alert.State == AlertStates.Resolved) continue;
            (alert.State, alert.ChangedAt) = (AlertStates.Resolved, Now);
            db.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = Now, What = why });
        }
        await AlertFollowUps.AddAsync(db, alerts.FindAll(a => db.Entry(a).Property(x => x.State).IsModified), Now, cancel);
        await db.SaveChangesAsync(cancel);
    }

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    sealed record Old(Guid Id, int SiteId, long VisitId);
}
