using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Ingestion;

/// <summary><c>GET /js/{trackingId}.js</c>: analytics.js with the site's settings in it.</summary>
sealed class SiteScriptEndpoint(SiteLookup sites)
{
    static readonly byte[] UnknownSite = "// There is no site with this tracking id. Copy the snippet again from your site's settings.\n"u8.ToArray();
    readonly ConditionalWeakTable<SiteEntry, RenderedScript> rendered = [];

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        CorsHeaders.Allow(response);
        response.ContentType = "text/javascript; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        try
        {
            var site = await sites.FindAsync(context.GetRouteValue("trackingId") as string);
            await (site is null ? NotFoundAsync(response) : ScriptAsync(context, Render(site)));
        }
        catch (RefusedRequestException unavailable)
        {
            await ProblemAnswer.WriteAsync(context, unavailable);
        }
    }

    static Task NotFoundAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(UnknownSite).AsTask();
    }

    static Task ScriptAsync(HttpContext context, RenderedScript script)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.CacheControl = "public, max-age=60, stale-while-revalidate=86400";
        headers.Vary = "Accept-Encoding";
        headers.ETag = script.ETag;
        if (request.Headers.IfNoneMatch.ToString().Contains(script.ETag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var (body, encoding) = script.For(request.Headers.AcceptEncoding.ToString());
        if (encoding.Length > 0) headers.ContentEncoding = encoding;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }

    RenderedScript Render(SiteEntry site) => rendered.GetValue(site, s => new RenderedScript(SiteScript.Render(SettingsOf(s))));

    static SiteScriptSettings SettingsOf(SiteEntry site) => new(site.TrackingId)
    {
        ConsentedByDefault = site.ConsentedByDefault,
        VisitTimeoutMinutes = site.VisitTimeoutMinutes,
        OwnHosts = [site.Domain, .. site.OtherHosts],
        OutboundLinks = site.Autotrack.HasFlag(SiteAutotrack.OutboundLinks),
        FileDownloads = site.Autotrack.HasFlag(SiteAutotrack.FileDownloads),
        FormSubmits = site.Autotrack.HasFlag(SiteAutotrack.FormSubmits),
        NotFound = site.Autotrack.HasFlag(SiteAutotrack.NotFound),
    };
}
