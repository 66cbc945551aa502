using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Sites.Ads;
using SaaS.Analytics.Portal.Sites.Goals;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary>From a bearer key to the sites it may read. Looks into a scope of its own: a cookie in the same request plays no part.</summary>
sealed class KeyedSites(ApiKeys keys, IServiceScopeFactory scopes)
{
    const string Scheme = "Bearer ";

    /// <returns>Null where the header brings no valid key.</returns>
    Task<ApiKey?> KeyAsync(string authorization, CancellationToken cancel) =>
        keys.FindAsync(authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null, cancel);

    /// <returns>The key that the request brings, or what to answer where it brings none with the scope.</returns>
    public async Task<(ApiKey? Key, IResult? Refused)> AdmitAsync(HttpContext context, string scope)
    {
        if (await KeyAsync(context.Request.Headers.Authorization.ToString(), context.RequestAborted) is not { } key)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return (null, ApiProblem.Of(401, "Authorization", "Send a valid API key: Authorization: Bearer sk_…."));
        }
        return key.Scopes.Contains(scope) ? (key, null) : (null, ApiProblem.Of(403, "Authorization", $"This key lacks the scope {scope}."));
    }

    /// <param name="key">Whose sites.</param>
    /// <param name="siteId">Domain or tracking id.</param>
    /// <param name="cancel">Ends the look-up.</param>
    /// <param name="scope">What the key must allow.</param>
    /// <returns>Null for another tenant's site as for none.</returns>
    public async Task<AuthorizedSite?> FindAsync(ApiKey key, string siteId, CancellationToken cancel, string scope = ApiScopes.StatsRead)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<TenantScope>().Enter(key.TenantId);
        var db = services.ServiceProvider.GetRequiredService<AnalyticsDb>();
        var site = await db.Sites.AsNoTracking().SingleOrDefaultAsync(s => s.Domain == siteId || s.TrackingId == siteId, cancel);
        return site is null ? null : AuthorizedSite.For(key, scope, site);
    }

    /// <summary>Saved filters of the site that everybody may use who may read it, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SegmentsAsync(ApiKey key, AuthorizedSite site, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(key.TenantId);
        var db = scope.ServiceProvider.GetRequiredService<AnalyticsDb>();
        var segments = await db.Segments.AsNoTracking().Where(s => s.SiteId == site.Id && s.OwnerId == null)
            .Select(s => new { s.Id, s.Filters }).ToListAsync(cancel);
        return segments.ToDictionary(s => s.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), s => s.Filters);
    }

    /// <summary>What reaches each goal of the site, by its name. Reading is told by engagement, which counts nobody: whoever has read is asked for.</summary>
    public async Task<IReadOnlyDictionary<string, Filter>> GoalsAsync(ApiKey key, AuthorizedSite site, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(key.TenantId);
        var goals = await scope.ServiceProvider.GetRequiredService<SiteGoals>().AllAsync(site, cancel);
        return goals.ToDictionary(g => g.Name, g => g.Kind == GoalKind.Scroll ? new HasDone(GoalFilters.Of(g), Negated: false) : GoalFilters.Of(g));
    }

    /// <returns>How many rows of costs there are now that came with the lines.</returns>
    public async Task<int> ImportCostsAsync(ApiKey key, AuthorizedSite site, IReadOnlyList<AdCostLine> lines, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(key.TenantId);
        return await scope.ServiceProvider.GetRequiredService<AdCosts>().ImportAsync(site, lines, cancel);
    }
}
