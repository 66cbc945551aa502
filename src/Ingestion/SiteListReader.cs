using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Ingestion.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads every tenant's sites and write keys.</summary>
sealed class SiteListReader(IDbContextFactory<SystemDb> databases)
{
    public async Task<SiteListSnapshot> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sites = await db.Sites.AsNoTracking()
            .Join(db.Tenants, s => s.TenantId, t => t.Id, (s, t) => new { Site = s, t.Status })
            .ToListAsync(cancel);
        var keys = await db.ApiKeys.AsNoTracking()
            .Where(k => k.RevokedAt == null && (k.Scopes.Contains(ApiScopes.EventsWrite) || k.Scopes.Contains(ApiScopes.EventsImport)))
            .Select(k => new { k.TenantId, k.Hash, Imports = k.Scopes.Contains(ApiScopes.EventsImport) })
            .ToListAsync(cancel);
        var shields = (await db.Shields.AsNoTracking().ToListAsync(cancel)).ToLookup(s => s.SiteId, s => s.Rule);
        var tags = await TagsAsync(db, cancel);
        return new SiteListSnapshot(
            [.. sites.Select(s => Entry(s.Site, s.Status, shields[s.Site.Id]) with { Tags = s.Status == TenantStatus.Suspended ? null : tags.GetValueOrDefault(s.Site.Id) })],
            [.. keys.Select(k => new WriteKey(k.TenantId, Convert.ToHexStringLower(k.Hash), k.Imports))]);
    }

    static async Task<Dictionary<int, TagReleases>> TagsAsync(SystemDb db, CancellationToken cancel)
    {
        var containers = await db.TagContainers.AsNoTracking().Select(c => new { c.SiteId, c.Stopped }).ToListAsync(cancel);
        var releases = await db.TagEnvironments.AsNoTracking().Where(e => e.Published != null)
            .Select(e => new { e.SiteId, Release = new TagRelease(e.Name, e.Key, e.Published!.Value) }).ToListAsync(cancel);
        var bySite = releases.ToLookup(r => r.SiteId, r => r.Release);
        // Of stopped tags nothing is delivered but the door to the preview, in which one sees what to mend.
        return containers.ToDictionary(c => c.SiteId, c => new TagReleases(c.Stopped ? [] : [.. bySite[c.SiteId]]));
    }

    static SiteEntry Entry(Site site, TenantStatus status, IEnumerable<ShieldRule> shields) =>
        new(site.Id, site.TenantId, site.TrackingId, site.Domain, site.OtherHosts, status == TenantStatus.Suspended)
        {
            ConsentedByDefault = site.ConsentedByDefault,
            VisitTimeoutMinutes = site.VisitTimeoutMinutes,
            Autotrack = site.Autotrack,
            IdentitySecret = site.IdentitySecret,
            Shields = [.. shields],
        };
}
