using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>Reads versions and drafts of any tenant's tags from PostgreSQL.</summary>
sealed class VersionReader(IDbContextFactory<SystemDb> databases)
{
    /// <returns>JSON of the version; null where there is none.</returns>
    public async Task<string?> VersionAsync(int siteId, int number, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TagVersions.AsNoTracking().Where(v => v.SiteId == siteId && v.Number == number).Select(v => v.Content).SingleOrDefaultAsync(cancel);
    }

    public async Task<TagContainer?> ContainerAsync(int siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TagContainers.AsNoTracking().SingleOrDefaultAsync(c => c.SiteId == siteId, cancel);
    }

    /// <returns>Null where the site has no container.</returns>
    public async Task<ContainerContent?> DraftAsync(int siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.TagContainers.AsNoTracking().Where(c => c.SiteId == siteId).Select(c => c.Consent).SingleOrDefaultAsync(cancel) is not { } consent) return null;
        var items = await db.TagItems.AsNoTracking().Where(i => i.SiteId == siteId).OrderBy(i => i.Number).ToListAsync(cancel);
        return new ContainerContent([.. items.Select(i => i.Content)], ConsentDefaults.Read(consent));
    }
}
