using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Admin;

/// <summary>A rebuild and how far it is. Days and times are UTC.</summary>
public sealed record RebuildRow(string Domain, DateOnly FirstDay, DateOnly LastDay, DateOnly NextDay, long Visitors, DateTime RequestedAt, string RequestedBy, DateTime? FinishedAt)
{
    public int Days => LastDay.DayNumber - FirstDay.DayNumber + 1;

    /// <summary>Days given to the repair; the last of them may still be under way.</summary>
    public int Begun => NextDay.DayNumber - FirstDay.DayNumber;
}

/// <summary>Has visits and visitors of a site made again from its stored events. The worker that owns its partition does it.</summary>
public sealed class VisitRebuilds(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    const int Shown = 20;

    /// <summary>Most days at once.</summary>
    public const int MostDays = 800;

    public async Task<List<RebuildRow>> NewestAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.VisitRebuilds.OrderByDescending(r => r.RequestedAt).Take(Shown).Select(r => new RebuildRow(
            db.Sites.IgnoreQueryFilters().Where(s => s.Id == r.SiteId).Select(s => s.Domain).FirstOrDefault() ?? "",
            r.FirstDay, r.LastDay, r.NextDay, r.Visitors, r.RequestedAt, r.RequestedBy, r.FinishedAt)).ToListAsync(cancel);
    }

    /// <param name="site">Tracking id, or domain where only one site has it.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day.</param>
    /// <param name="by">E-mail address of who asks.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The field that must be changed, and how; null where it is asked for.</returns>
    public async Task<(string Field, string Error)?> RequestAsync(string site, DateOnly? first, DateOnly? last, string by, CancellationToken cancel)
    {
        if (first is not { } from) return ("First", "Give the first day.");
        if (last is not { } to || to < from) return ("Last", "Give a last day that is not before the first one.");
        if (to.DayNumber - from.DayNumber >= MostDays) return ("Last", $"At most {MostDays} days at once.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var name = site.Trim();
        var sites = await db.Sites.IgnoreQueryFilters().Where(s => s.TrackingId == name || s.Domain == name).OrderBy(s => s.Id).Select(s => s.Id).Take(2).ToListAsync(cancel);
        if (sites.Count == 0) return ("Site", "There is no site with this tracking id or domain.");
        if (sites.Count > 1) return ("Site", "Several sites have this domain: give the tracking id.");
        db.Add(new VisitRebuild
        {
            Id = Guid.CreateVersion7(), SiteId = sites[0], FirstDay = from, LastDay = to, NextDay = from,
            RequestedAt = clock.GetUtcNow().UtcDateTime, RequestedBy = by,
        });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
