using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary><c>GET /api/v1/months?site_id=…</c>: unique visitors of a site and of each of its ads by calendar month.</summary>
static class MonthsApi
{
    public static void MapMonthsApi(this WebApplication app) => app.MapGet("/api/v1/months", MonthsAsync).AllowAnonymous();

    static async Task<IResult> MonthsAsync(HttpContext context, KeyedSites sites, Months months)
    {
        var cancel = context.RequestAborted;
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.StatsRead);
        if (key is null) return refused!;
        if (await sites.FindAsync(key, context.Request.Query["site_id"].ToString(), cancel) is not { } site)
            return ApiProblem.Of(404, "site_id", "Name one of the key's sites by its domain or its tracking id.");
        return Results.Json(new { results = (await months.OfAsync(site, cancel)).Select(Json) });
    }

    static object Json(MonthRow row) => new
    {
        month = row.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
        state = row.State.ToString().ToLowerInvariant(),
        ad = row.AdId.Length == 0 ? null : row.AdId,
        unique_visitors = row.UniqueVisitors,
        daily_cookieless_visitors = row.DailyCookielessVisitors,
        impressions = row.Impressions,
        hits = row.Hits,
        counted_clickers = row.CountedClickers,
        counted_hits = row.CountedHits,
    };
}
