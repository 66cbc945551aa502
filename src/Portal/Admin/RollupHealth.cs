using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Admin;

/// <summary>How far a site's rollups are.</summary>
public sealed record SiteRollups(int SiteId, int Days, DateOnly? Newest, int Dirty);

/// <summary>Published days, days that wait to be built again, builds of the last day, and how many of these failed.</summary>
public sealed record RollupCounts(int Days, int Dirty, int Builds, int Failed);

/// <summary>What the operator must know of rollups, of all tenants.</summary>
public sealed class RollupHealth(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    /// <summary>Most rows shown of a kind.</summary>
    public const int Shown = 200;

    public async Task<RollupCounts> CountsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        var recent = db.RollupBuilds.Where(b => b.StartedAt >= since);
        return new RollupCounts(
            await db.RollupDays.CountAsync(cancel), await db.DirtyDays.CountAsync(cancel),
            await recent.CountAsync(cancel), await recent.CountAsync(b => b.Error != null, cancel));
    }

    /// <summary>The newest first.</summary>
    public async Task<List<RollupBuild>> BuildsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.RollupBuilds.AsNoTracking().OrderByDescending(b => b.Id).Take(Shown).ToListAsync(cancel);
    }

    public async Task<List<SiteRollups>> SitesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Sites.AsNoTracking().Where(s => s.FirstEventAt != null).OrderBy(s => s.Id).Take(Shown)
            .Select(s => new SiteRollups(s.Id, db.RollupDays.Count(d => d.SiteId == s.Id),
                db.RollupDays.Where(d => d.SiteId == s.Id).Max(d => (DateOnly?)d.Day), db.DirtyDays.Count(d => d.SiteId == s.Id))).ToListAsync(cancel);
    }
}
