using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using SaaS.Analytics.Portal.Sites.Ads;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary>
/// <c>POST /api/v1/ad-costs?site_id=…&amp;currency=EUR</c>: what campaigns cost, as the same CSV that the page takes. A line
/// replaces the one of the same day and values, so that a file may be sent again.
/// </summary>
static class AdCostApi
{
    const int LongestBody = 8 << 20;

    public static void MapAdCostApi(this WebApplication app) => app.MapPost("/api/v1/ad-costs", ImportAsync).AllowAnonymous();

    static async Task<IResult> ImportAsync(HttpContext context, KeyedSites sites)
    {
        var cancel = context.RequestAborted;
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.SitesAdmin);
        if (key is null) return refused!;
        if (await sites.FindAsync(key, context.Request.Query["site_id"].ToString(), cancel, ApiScopes.SitesAdmin) is not { } site)
            return ApiProblem.Of(404, "site_id", "Name one of the key's sites by its domain or its tracking id.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestBody;
        using var reader = new StreamReader(context.Request.Body);
        var (lines, errors) = AdCostCsv.Parse(new StringReader(await reader.ReadToEndAsync(cancel)), context.Request.Query["currency"].ToString().ToUpperInvariant());
        if (errors.Count > 0) return ApiProblem.Of(400, "", string.Join(' ', errors));
        var rows = await sites.ImportCostsAsync(key, site, lines, cancel);
        return Results.Json(new { rows, from = Day(lines.Min(l => l.Day)), to = Day(lines.Max(l => l.Day)) });
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
