using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The shields of a site that the member was let into.</summary>
public sealed class SiteShields(AnalyticsDb db, TimeProvider time)
{
    const int Most = 200;

    public async Task<IReadOnlyList<Shield>> AllAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.Shields.AsNoTracking().Where(s => s.SiteId == site.Id).OrderBy(s => s.Fact).ThenBy(s => s.Value).ToListAsync(cancel);

    /// <returns>What is wrong; null where the shield is there now.</returns>
    public async Task<string?> AddAsync(AuthorizedSite site, string? fact, string? text, string note, CancellationToken cancel)
    {
        var (value, error) = ShieldFacts.Normal(fact, text);
        if (value is null) return error;
        if (await db.Shields.CountAsync(s => s.SiteId == site.Id, cancel) >= Most) return $"A site has at most {Most} shields. Remove one that is not needed.";
        db.Shields.Add(new Shield
        {
            Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, Fact = fact!, Value = value, Note = note, CreatedAt = time.GetUtcNow().UtcDateTime,
        });
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return "This shield is there already.";
        }
    }

    /// <returns>The shield that was removed; null where it was gone.</returns>
    public async Task<Shield?> RemoveAsync(AuthorizedSite site, Guid id, CancellationToken cancel)
    {
        var shield = await db.Shields.AsNoTracking().SingleOrDefaultAsync(s => s.SiteId == site.Id && s.Id == id, cancel);
        if (shield is not null) await db.Shields.Where(s => s.Id == id).ExecuteDeleteAsync(cancel);
        return shield;
    }
}
