using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>
/// <c>POST /v1/preview</c> <c>{writeKey, token, moments: […]}</c>: what a page with a preview saw, for the portal page that shows it
/// too. 202; 404 where the token is not valid any more. Nothing of it is kept.
/// </summary>
sealed class PreviewEndpoint(SiteLookup sites, TagScripts tags, RateLimits limits, ClientAddress clients, PreviewMirror mirror)
{
    const int Largest = 200_000;

    public async Task HandleAsync(HttpContext context)
    {
        CorsHeaders.Allow(context.Response);
        try
        {
            limits.CheckAddress(clients.Of(context));
            using var body = await RequestBody.ReadAsync(context);
            if (body.Length > Largest) throw new RefusedRequestException(StatusCodes.Status413PayloadTooLarge, "Too large", "The moments of a preview have at most 200 KB.");
            using var report = JsonDocument.Parse(body.Array.AsMemory(0, body.Length));
            await TakeAsync(report.RootElement, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        catch (RefusedRequestException refused)
        {
            await ProblemAnswer.WriteAsync(context, refused);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            await ProblemAnswer.WriteAsync(context, new(StatusCodes.Status400BadRequest, "Malformed moments", "Send {writeKey, token, moments: [...]}."));
        }
    }

    async Task TakeAsync(JsonElement report, CancellationToken cancel)
    {
        var moments = report.GetProperty("moments");
        if (moments.ValueKind != JsonValueKind.Array) throw new JsonException("No list.");
        if (await sites.FindAsync(report.GetProperty("writeKey").GetString()) is not { } site)
            throw new RefusedRequestException(StatusCodes.Status401Unauthorized, "Unknown key", "No site has this write key.", "/writeKey");
        if (await tags.TokenAsync(site, report.GetProperty("token").GetString(), cancel) is not { } token)
            throw new RefusedRequestException(StatusCodes.Status404NotFound, "No preview", "This preview has ended. Open a new one from the portal.", "/token");
        await mirror.TellAsync(new PreviewSeen(site.Id, token.Session, moments.GetRawText()), cancel);
    }
}

/// <summary>Tells every portal; a broker that is away costs a preview its mirror and nothing else.</summary>
sealed class PreviewMirror(IBus bus, ILogger<PreviewMirror> log)
{
    static readonly TimeSpan Useful = TimeSpan.FromSeconds(5);

    public async Task TellAsync(PreviewSeen seen, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Useful);
        try
        {
            await bus.Publish(seen, c => (c.Durable, c.TimeToLive) = (false, Useful), limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning(e, "What a preview saw could not be told.");
        }
    }
}
