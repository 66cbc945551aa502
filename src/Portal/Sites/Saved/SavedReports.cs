using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Saved;

/// <summary>Reports of the member's own making, and those that others share.</summary>
public sealed class SavedReports(AnalyticsDb db, CurrentMember current, TimeProvider time)
{
    const int Most = 200;
    const int LongestName = 120;
    const int LongestQuery = 4000;

    public async Task<IReadOnlyList<SavedReport>> AllAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var me = current.Member.UserId;
        return await db.SavedReports.AsNoTracking().Where(r => r.SiteId == site.Id && (r.OwnerId == null || r.OwnerId == me)).OrderBy(r => r.Name).ToListAsync(cancel);
    }

    /// <returns>What is wrong; null where it is saved.</returns>
    public async Task<string?> AddAsync(AuthorizedSite site, string? name, string query, bool shared, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName) return $"Give the report a name of at most {LongestName} characters.";
        if (query.Length > LongestQuery) return "This report has too many filters to be saved.";
        if (await db.SavedReports.CountAsync(r => r.SiteId == site.Id, cancel) >= Most) return $"A site has at most {Most} saved reports. Remove one that is not needed.";
        db.SavedReports.Add(new SavedReport
        {
            Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, Name = name.Trim(), Query = query,
            OwnerId = shared ? null : current.Member.UserId, CreatedAt = time.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>One's own or a shared one.</summary>
    public Task<int> RemoveAsync(AuthorizedSite site, Guid id, CancellationToken cancel)
    {
        var me = current.Member.UserId;
        return db.SavedReports.Where(r => r.SiteId == site.Id && r.Id == id && (r.OwnerId == null || r.OwnerId == me)).ExecuteDeleteAsync(cancel);
    }
}
