using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>Adds a site to the tenant.</summary>
public sealed class AddingSites(AnalyticsDb db, TimeProvider time)
{
    /// <returns>False where the tenant has a site with this domain already, also one added by the same form sent twice.</returns>
    public async Task<bool> AddAsync(string domain, string name, string timeZone, CancellationToken cancel)
    {
        var site = new Site
        {
            TenantId = db.TenantId,
            TrackingId = TrackingId.New(),
            Domain = domain,
            Name = name,
            TimeZone = timeZone,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.Sites.Add(site);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.Entry(site).State = EntityState.Detached;
            return false;
        }
    }
}
