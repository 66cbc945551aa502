using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The sites of the signed-in member's tenant: everything the portal shows of a site begins here.</summary>
public sealed class SiteAccess(AnalyticsDb db, CurrentMember current)
{
    Task<IReadOnlyList<AuthorizedSite>>? all;

    /// <returns>The tenant's site with this domain; null for another tenant's as for none.</returns>
    public async Task<AuthorizedSite?> FindAsync(string domain, CancellationToken cancel)
    {
        if (!current.SignedIn) return null;
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(s => s.Domain == domain, cancel);
        return site is null ? null : AuthorizedSite.For(current.Member, site);
    }

    /// <returns>All of the tenant's, by name; asked once a request, for the page and for the switcher.</returns>
    public Task<IReadOnlyList<AuthorizedSite>> AllAsync(CancellationToken cancel) => all ??= AskAsync(cancel);

    async Task<IReadOnlyList<AuthorizedSite>> AskAsync(CancellationToken cancel)
    {
        var sites = await db.Sites.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancel);
        return [.. sites.Select(s => AuthorizedSite.For(current.Member, s)).OfType<AuthorizedSite>()];
    }
}
