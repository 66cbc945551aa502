using System.Globalization;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary>
/// <c>GET /api/v1/export/days?site_id=…</c>: days that have events, with how many. <c>GET /api/v1/export?site_id=…&amp;day=2026-11-27</c>:
/// the events of one. A client fetches the days it lacks, and goes on within one with <c>after=timestamp,event_id</c> of the last line it has.
/// </summary>
static class ExportApi
{
    const string Lines = "ndjson";
    const string Parquet = "parquet";

    public static void MapExportApi(this WebApplication app)
    {
        app.MapGet("/api/v1/export/days", DaysAsync).AllowAnonymous();
        app.MapGet("/api/v1/export", EventsAsync).AllowAnonymous();
    }

    static async Task<IResult> DaysAsync(HttpContext context, KeyedSites sites, RawExport export)
    {
        var (site, refused) = await SiteAsync(context, sites);
        if (site is null) return refused!;
        var days = await export.DaysAsync(site, context.RequestAborted);
        return Results.Json(new { days = days.Select(d => new { day = d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), events = d.Events }), events = days.Sum(d => d.Events) });
    }

    static async Task<IResult> EventsAsync(HttpContext context, KeyedSites sites, RawExport export)
    {
        var (site, refused) = await SiteAsync(context, sites);
        if (site is null) return refused!;
        var query = context.Request.Query;
        if (!DateOnly.TryParseExact(query["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return ApiProblem.Of(400, "day", "Name a day (UTC) such as 2026-11-27.");
        var after = Place(query["after"].ToString());
        if (after is null && query["after"].Count > 0) return ApiProblem.Of(400, "after", "Name the last event you have: its timestamp, a comma, its event_id.");
        var pages = export.EventsAsync(site, day, after, context.RequestAborted);
        return query["format"].ToString() switch
        {
            "" or Lines => Results.Stream(stream => ExportFiles.WriteLinesAsync(pages, stream), "application/x-ndjson", $"{site.Domain}-{day:yyyy-MM-dd}.ndjson"),
            Parquet => Results.Stream(stream => ExportFiles.WriteParquetAsync(pages, stream), "application/vnd.apache.parquet", $"{site.Domain}-{day:yyyy-MM-dd}.parquet"),
            _ => ApiProblem.Of(400, "format", "There are ndjson and parquet."),
        };
    }

    static async Task<(AuthorizedSite? Site, IResult? Refused)> SiteAsync(HttpContext context, KeyedSites sites)
    {
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.ExportRead);
        if (key is null) return (null, refused);
        var site = await sites.FindAsync(key, context.Request.Query["site_id"].ToString(), context.RequestAborted, ApiScopes.ExportRead);
        return site is null ? (null, ApiProblem.Of(404, "site_id", "Name one of the key's sites by its domain or its tracking id.")) : (site, null);
    }

    static EventPlace? Place(string after) =>
        after.Split(',') is [var at, var id] && Guid.TryParse(id, out var guid)
            && DateTime.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? new EventPlace(time, guid) : null;
}
