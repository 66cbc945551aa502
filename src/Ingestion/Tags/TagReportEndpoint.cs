using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>
/// <c>POST /v1/tags</c> <c>{writeKey, version, tags: {"5": [fired, failed, blocked]}}</c>: what the tags of one page did. Always
/// 202 for what can be read: a browser that leaves its page does not wait.
/// </summary>
sealed class TagReportEndpoint(SiteLookup sites, TagReports reports, RateLimits limits, ClientAddress clients)
{
    /// <summary>No page fires a tag more often.</summary>
    const long Largest = 10_000;
    const int MostTags = 500;

    public async Task HandleAsync(HttpContext context)
    {
        CorsHeaders.Allow(context.Response);
        try
        {
            limits.CheckAddress(clients.Of(context));
            using var body = await RequestBody.ReadAsync(context);
            await TakeAsync(JsonDocument.Parse(body.Array.AsMemory(0, body.Length)));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (RefusedRequestException refused)
        {
            await ProblemAnswer.WriteAsync(context, refused);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            await ProblemAnswer.WriteAsync(context, new(StatusCodes.Status400BadRequest, "Malformed report", "Send {writeKey, version, tags: {\"5\": [fired, failed, blocked]}}."));
        }
    }

    async Task TakeAsync(JsonDocument report)
    {
        using (report)
        {
            var root = report.RootElement;
            if (await sites.FindAsync(root.GetProperty("writeKey").GetString()) is not { } site)
                throw new RefusedRequestException(StatusCodes.Status401Unauthorized, "Unknown key", "No site has this write key.", "/writeKey");
            if (site.Suspended || site.Tags is null) return;
            foreach (var tag in root.GetProperty("tags").EnumerateObject().Take(MostTags))
                if (int.TryParse(tag.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    reports.Add(site, number, Number(tag.Value[0]), Number(tag.Value[1]), Number(tag.Value[2]));
        }
    }

    static long Number(JsonElement value) => Math.Clamp(value.GetInt64(), 0, Largest);
}
