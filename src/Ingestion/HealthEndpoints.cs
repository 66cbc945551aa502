using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion;

/// <summary>For the load balancer: live while the process runs, ready while events are taken. Neither asks another server.</summary>
static class HealthEndpoints
{
    public static Task Live(HttpContext context) => context.Response.WriteAsync("live", context.RequestAborted);

    public static RequestDelegate Ready(Spool spool, SiteList sites, Drain drain) => context =>
    {
        var (status, text) = drain.IsDraining ? (StatusCodes.Status503ServiceUnavailable, "stopping")
            : !sites.Loaded ? (StatusCodes.Status503ServiceUnavailable, "waiting for the site list")
            : !spool.Accepts ? (StatusCodes.Status503ServiceUnavailable, "the spool is full")
            : (StatusCodes.Status200OK, "ready");
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text, context.RequestAborted);
    };
}
