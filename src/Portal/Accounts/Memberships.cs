using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Accounts;

/// <summary>Which tenant a user who signs in enters; at that moment no tenant is known yet, so that it must look at all.</summary>
sealed class Memberships(IDbContextFactory<SystemDb> systems)
{
    /// <returns>The tenant the user joined first; null for a user without any.</returns>
    public async Task<Guid?> FirstAsync(Guid userId, CancellationToken cancel = default)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        return await db.Members.AsNoTracking().Where(m => m.UserId == userId)
            .OrderBy(m => m.CreatedAt).Select(m => (Guid?)m.TenantId).FirstOrDefaultAsync(cancel);
    }
}
