using Microsoft.Net.Http.Headers;

namespace SaaS.Analytics.Portal.Layout;

static class BuiltFilesEndpoint
{
    public static void MapBuiltFiles(this WebApplication app) => app.MapGet("/built/{name}", Serve).AllowAnonymous();

    static IResult Serve(string name, string? v, HttpContext context, BuiltFiles files)
    {
        if (files.Find(name) is not { } file) return Results.NotFound();
        context.Response.Headers.CacheControl = v == file.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return Results.Bytes(file.Bytes, file.ContentType);
        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(file.Compressed, file.ContentType);
    }
}
