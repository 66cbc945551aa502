namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>
/// Refuses what a browser could send: a page that rebinds its name to 127.0.0.1 shows in Host, any other page in Origin.
/// </summary>
internal static class LocalOnly
{
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (IsLocal(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync("Only programs on this machine may ask, by 127.0.0.1 or localhost.\n", context.RequestAborted);
    }

    private static bool IsLocal(HttpContext context)
    {
        var host = context.Request.Host;
        return host.Host is "127.0.0.1" or "localhost"
            && (host.Port ?? 80) == context.Connection.LocalPort
            && !context.Request.Headers.ContainsKey("Origin");
    }
}
