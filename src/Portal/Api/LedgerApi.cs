using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary><c>GET /api/v1/ledger?site_id=…&amp;from=…&amp;to=…&amp;step=minute|hour|day</c>: what became of every event of a site, by time of receipt.</summary>
static class LedgerApi
{
    public static void MapLedgerApi(this WebApplication app) => app.MapGet("/api/v1/ledger", LedgerAsync).AllowAnonymous();

    static async Task<IResult> LedgerAsync(HttpContext context, KeyedSites sites, Ledger ledger, TimeProvider time)
    {
        var cancel = context.RequestAborted;
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.StatsRead);
        if (key is null) return refused!;
        var asked = context.Request.Query;
        if (await sites.FindAsync(key, asked["site_id"].ToString(), cancel) is not { } site)
            return ApiProblem.Of(404, "site_id", "Name one of the key's sites by its domain or its tracking id.");
        try
        {
            var range = LedgerRange.Parse(asked["from"], asked["to"], asked["step"], time.GetUtcNow().UtcDateTime);
            return Results.Json(LedgerJson.Answer(range, await ledger.OfAsync(site, range.From, range.To, range.StepMinutes, cancel)));
        }
        catch (ReportQueryException wrong)
        {
            return ApiProblem.Of(400, wrong.Field, wrong.Message);
        }
    }
}
