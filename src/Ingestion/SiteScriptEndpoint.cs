using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SaaS.Analytics.Ingestion.Tags;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// <c>GET /js/{trackingId}.js</c>: analytics.js with the site's settings in it, then the site's published tags; <c>?env=</c> names
/// another environment than live, <c>?preview=</c> asks for the tags alone, as a signed token says.
/// </summary>
sealed class SiteScriptEndpoint(SiteLookup sites, TagScripts tags)
{
    static readonly byte[] UnknownSite = "// There is no site with this tracking id. Copy the snippet again from your site's settings.\n"u8.ToArray();
    static readonly byte[] NoPreview = "// This preview has ended. Open a new one from the portal.\n"u8.ToArray();
    readonly ConditionalWeakTable<SiteEntry, ConcurrentDictionary<string, RenderedScript>> rendered = [];

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        CorsHeaders.Allow(response);
        response.ContentType = "text/javascript; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        try
        {
            await AnswerAsync(context);
        }
        catch (RefusedRequestException unavailable)
        {
            await ProblemAnswer.WriteAsync(context, unavailable);
        }
    }

    async Task AnswerAsync(HttpContext context)
    {
        var site = await sites.FindAsync(context.GetRouteValue("trackingId") as string);
        if (site is null) await NoneAsync(context.Response, UnknownSite);
        else if (context.Request.Query["preview"].ToString() is { Length: > 0 } token) await PreviewAsync(context, site, token);
        else await ScriptAsync(context, site, context.Request.Query["env"].ToString());
    }

    static Task NoneAsync(HttpResponse response, byte[] comment)
    {
        response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(comment).AsTask();
    }

    async Task PreviewAsync(HttpContext context, SiteEntry site, string token)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        if (await tags.PreviewAsync(site, token, context) is not { } script) await NoneAsync(context.Response, NoPreview);
        else if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(script);
    }

    async Task ScriptAsync(HttpContext context, SiteEntry site, string environment)
    {
        var scripts = rendered.GetOrCreateValue(site);
        if (site.Tags?.Find(environment) is null) environment = environment.Length == 0 ? "" : NoEnvironment;
        var chosen = await tags.ChooseAsync(site, environment, context);
        var key = $"{environment} {chosen.Release?.Version} {chosen.Variant}";
        if (!scripts.TryGetValue(key, out var script))
        {
            script = new RenderedScript([.. SiteScript.Render(SettingsOf(site, chosen)), .. TagScripts.Render(site, chosen)]);
            if (!chosen.Missing) scripts[key] = script;
        }
        await SendAsync(context, script, Caching(site, chosen));
    }

    /// <summary>All keys that somebody makes up are one.</summary>
    const string NoEnvironment = "?";

    /// <summary>
    /// A script of a region is the browser's alone, and asked for again before it is used: people travel. One without tags is too: the
    /// next may hold the door to a preview. Others may be used once more for 5 minutes, so that a stop is a stop.
    /// </summary>
    static string Caching(SiteEntry site, ChosenTags chosen) => chosen switch
    {
        { Missing: true } => "no-store",
        { IsOld: true } => "private, no-cache",
        { IsRegional: true } => "private, max-age=60, must-revalidate",
        _ => site.Tags is null ? "public, max-age=60" : "public, max-age=60, stale-while-revalidate=300",
    };

    static Task SendAsync(HttpContext context, RenderedScript script, string caching)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.CacheControl = caching;
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

    static SiteScriptSettings SettingsOf(SiteEntry site, ChosenTags chosen) => new(site.TrackingId)
    {
        ConsentedByDefault = site.ConsentedByDefault && chosen.MayRemember,
        VisitTimeoutMinutes = site.VisitTimeoutMinutes,
        OwnHosts = [site.Domain, .. site.OtherHosts],
        OutboundLinks = site.Autotrack.HasFlag(SiteAutotrack.OutboundLinks),
        FileDownloads = site.Autotrack.HasFlag(SiteAutotrack.FileDownloads),
        FormSubmits = site.Autotrack.HasFlag(SiteAutotrack.FormSubmits),
        NotFound = site.Autotrack.HasFlag(SiteAutotrack.NotFound),
    };
}
