using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion;

/// <summary>Any page may send and read answers; no cookies or other credentials are involved.</summary>
static class CorsHeaders
{
    public static void Allow(HttpResponse response)
    {
        response.Headers.AccessControlAllowOrigin = "*";
        // Without it no script on another origin can see how long it is asked to wait.
        response.Headers.AccessControlExposeHeaders = "Retry-After";
    }

    public static Task Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        Allow(context.Response);
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders = "Content-Type, Content-Encoding, Authorization, X-Debug-Request";
        headers.AccessControlMaxAge = "7200";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
