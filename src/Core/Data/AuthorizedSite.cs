using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>
/// A site that the tenant in <see cref="TenantScope"/> owns. Cannot be made in another way than by asking the tenant's
/// own view of the database, so that a report which takes it cannot show another tenant's numbers.
/// </summary>
public sealed class AuthorizedSite
{
    AuthorizedSite(Site site)
    {
        Id = site.Id;
        TenantId = site.TenantId;
        TrackingId = site.TrackingId;
        Domain = site.Domain;
        Name = site.Name;
        TimeZone = site.TimeZone;
        BounceSeconds = site.BounceSeconds;
        CreatedAt = site.CreatedAt;
        FirstEventAt = site.FirstEventAt;
    }

    public int Id { get; }
    public Guid TenantId { get; }
    public string TrackingId { get; }
    public string Domain { get; }
    public string Name { get; }

    /// <summary>IANA time zone in which reports are cut.</summary>
    public string TimeZone { get; }

    /// <summary>Seconds of engagement from which a visit is no bounce; 0 ignores engagement.</summary>
    public int BounceSeconds { get; }
    public DateTime CreatedAt { get; }

    /// <summary>Receipt of the first stored event (UTC); null while the snippet has not been seen.</summary>
    public DateTime? FirstEventAt { get; }

    /// <returns>The site with this domain, or null where the tenant has none.</returns>
    public static async Task<AuthorizedSite?> FindAsync(AnalyticsDb db, string domain, CancellationToken cancel)
    {
        var site = await Visible(db).SingleOrDefaultAsync(s => s.Domain == domain, cancel);
        return site is null ? null : new AuthorizedSite(site);
    }

    /// <returns>All sites of the tenant, by domain.</returns>
    public static async Task<IReadOnlyList<AuthorizedSite>> AllAsync(AnalyticsDb db, CancellationToken cancel)
    {
        var sites = await Visible(db).OrderBy(s => s.Domain).ToListAsync(cancel);
        return [.. sites.Select(s => new AuthorizedSite(s))];
    }

    static IQueryable<Site> Visible(AnalyticsDb db) => db.SeesEveryTenant
        ? throw new InvalidOperationException("A site is authorised by the tenant's own view, never by the one that sees every tenant.")
        : db.Sites.AsNoTracking();
}
