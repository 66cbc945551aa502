using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>Makes API keys and finds the tenant of one that a request brings.</summary>
public sealed class ApiKeys(IDbContextFactory<SystemDb> systems, TimeProvider time)
{
    static readonly TimeSpan LastUsedGrain = TimeSpan.FromMinutes(1);

    /// <summary>A row to add to the tenant's <see cref="AnalyticsDb.ApiKeys"/>, and the key itself, to be shown once.</summary>
    public (ApiKey Row, string Key) New(Guid tenantId, string name, params string[] scopes)
    {
        var key = ApiKeyText.New();
        var row = new ApiKey
        {
            TenantId = tenantId,
            Name = name,
            Prefix = ApiKeyText.Shown(key),
            Hash = ApiKeyText.Hash(key),
            Scopes = scopes,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        return (row, key);
    }

    /// <returns>The valid key of an active tenant; null for every other text.</returns>
    public async Task<ApiKey?> FindAsync(string? key, CancellationToken cancel)
    {
        if (!ApiKeyText.IsValid(key)) return null;
        await using var db = await systems.CreateDbContextAsync(cancel);
        var hash = ApiKeyText.Hash(key!);
        var found = await db.ApiKeys.AsNoTracking()
            .Where(k => k.Hash == hash && k.RevokedAt == null)
            .Where(k => db.Tenants.Any(t => t.Id == k.TenantId && t.Status == TenantStatus.Active))
            .SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        await TouchAsync(db, found, cancel);
        return found;
    }

    async Task TouchAsync(SystemDb db, ApiKey key, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (key.LastUsedAt > now - LastUsedGrain) return;
        await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), cancel);
    }
}
