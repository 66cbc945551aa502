using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>The switch for the tags of all sites of an account: within seconds no collector delivers any of them.</summary>
public sealed class TagStops(AnalyticsDb db, TimeProvider time)
{
    /// <returns>Of how many sites there are tags, and of how many they are stopped.</returns>
    public async Task<(int Sites, int Stopped)> CountAsync(CancellationToken cancel)
    {
        var stopped = await db.TagContainers.AsNoTracking().Select(c => c.Stopped).ToListAsync(cancel);
        return (stopped.Count, stopped.Count(s => s));
    }

    /// <summary>Each site's log has a line of it.</summary>
    public async Task SetAsync(bool stop, string by, CancellationToken cancel)
    {
        await using var whole = await db.Database.BeginTransactionAsync(cancel);
        var sites = await db.TagContainers.Where(c => c.Stopped != stop).Select(c => new { c.SiteId, c.TenantId }).ToListAsync(cancel);
        await db.TagContainers.Where(c => c.Stopped != stop).ExecuteUpdateAsync(c => c.SetProperty(x => x.Stopped, stop), cancel);
        foreach (var site in sites)
            db.TagChanges.Add(new TagChange
            {
                TenantId = site.TenantId, SiteId = site.SiteId, At = time.GetUtcNow().UtcDateTime, By = by, What = $"{(stop ? "Stopped" : "Started")} the tags of all sites of the account",
            });
        await db.SaveChangesAsync(cancel);
        await whole.CommitAsync(cancel);
    }
}
