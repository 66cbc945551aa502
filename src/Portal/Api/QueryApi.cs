using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Api;

/// <summary><c>POST /api/v2/query</c>: Plausible's Stats API v2 over the sites of the key's tenant.</summary>
static class QueryApi
{
    const int LongestBody = 64 * 1024;
    static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 32 };

    public static void MapQueryApi(this WebApplication app)
    {
        app.MapPost("/api/v2/query", QueryAsync).AllowAnonymous();
        app.MapGet("/api/v2/schema", () => Results.Json(QuerySchema.Of())).AllowAnonymous();
    }

    static async Task<IResult> QueryAsync(HttpContext context, KeyedSites sites, Reporter reporter, TimeProvider time)
    {
        var cancel = context.RequestAborted;
        var (key, refused) = await sites.AdmitAsync(context, ApiScopes.StatsRead);
        if (key is null) return refused!;
        try
        {
            using var body = await BodyAsync(context, cancel);
            if (await sites.FindAsync(key, QueryJson.SiteId(body.RootElement), cancel) is not { } site)
                return ApiProblem.Of(404, "site_id", "The key has no such site.");
            var segments = await sites.SegmentsAsync(key, site, cancel);
            var goals = await sites.GoalsAsync(key, site, cancel);
            var query = QueryParser.Parse(body.RootElement, site, time.GetUtcNow().UtcDateTime, segments, goals);
            return QueryFormats.Answer(context.Request, await reporter.RunAsync(query, cancel), body.RootElement.Clone());
        }
        catch (ReportQueryException wrong)
        {
            return ApiProblem.Of(400, wrong.Field, wrong.Message);
        }
        catch (ReportLimitException limit)
        {
            if (limit.Later) context.Response.Headers.RetryAfter = "5";
            return ApiProblem.Of(limit.Later ? 429 : 422, "", limit.Message);
        }
    }

    /// <summary>Whatever its content type says: real clients send JSON under many names.</summary>
    static async Task<JsonDocument> BodyAsync(HttpContext context, CancellationToken cancel)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestBody;
        try
        {
            var body = await JsonDocument.ParseAsync(context.Request.Body, Bounded, cancel);
            if (body.RootElement.ValueKind == JsonValueKind.Object) return body;
            body.Dispose();
            throw new ReportQueryException("", "The body must be a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw new ReportQueryException("", $"The body is not JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}.");
        }
        catch (BadHttpRequestException)
        {
            throw new ReportQueryException("", $"The body is longer than {LongestBody / 1024} KB.");
        }
    }
}
