using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ObjectPool;

namespace SaaS.Analytics.Ingestion;

/// <summary><c>POST /v1/batch</c>: 202 once every accepted event is durable in the spool.</summary>
sealed class BatchEndpoint(SiteLookup sites, SenderLookup senders, EventRecorder recorder, Spool spool, TimeProvider time)
{
    const string Bearer = "Bearer ";
    readonly ObjectPool<BatchDraft> drafts = new DefaultObjectPool<BatchDraft>(new DefaultPooledObjectPolicy<BatchDraft>());

    public async Task HandleAsync(HttpContext context)
    {
        CorsHeaders.Allow(context.Response);
        var draft = drafts.Get();
        try
        {
            await AcceptAsync(context, draft);
        }
        catch (Exception e) when (Problem(e) is { } problem && !context.Response.HasStarted)
        {
            await ProblemAnswer.WriteAsync(context, problem);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody to answer.
        }
        finally
        {
            draft.Reset();
            drafts.Return(draft);
        }
    }

    async Task AcceptAsync(HttpContext context, BatchDraft draft)
    {
        using (var body = await RequestBody.ReadAsync(context)) BatchParser.Parse(body.Span, draft);
        var receivedAt = EventTime.WholeMilliseconds(time.GetUtcNow().UtcDateTime);
        var site = await sites.FindAsync(draft.WriteKey) ?? throw UnknownKey("/writeKey", "No site has this write key.");
        var server = ServerKey(context.Request, site);
        if (site.Suspended) await RefuseAsync(draft, site, receivedAt);
        var sender = senders.Of(context, site, receivedAt, server is not null, draft.Count);
        var accepted = await RecordAsync(draft, site, sender, receivedAt, imports: server is { Imports: true });
        await BatchAnswer.WriteAsync(context.Response, accepted, draft.Rejected);
    }

    async ValueTask<int> RecordAsync(BatchDraft draft, SiteEntry site, Sender sender, DateTime receivedAt, bool imports)
    {
        var (records, accepted) = recorder.Record(draft, site, sender, receivedAt, imports);
        if (records.Length > 0) await spool.AcceptAsync(records.Span);
        return accepted;
    }

    async Task RefuseAsync(BatchDraft draft, SiteEntry site, DateTime receivedAt)
    {
        var records = recorder.Refuse(draft, site, "over_quota", "suspended", receivedAt);
        if (records.Length > 0) await spool.AcceptAsync(records.Span);
        throw new RefusedRequestException(StatusCodes.Status402PaymentRequired, "Suspended", "The account of this site is suspended.");
    }

    /// <returns>Null where no server speaks.</returns>
    WriteKey? ServerKey(HttpRequest request, SiteEntry site)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return null;
        return sites.WriteKey(header[Bearer.Length..].Trim(), site)
            ?? throw UnknownKey(null, "The API key is unknown, revoked, of another account, or lacks the scope events:write.");
    }

    static RefusedRequestException UnknownKey(string? path, string detail) =>
        new(StatusCodes.Status401Unauthorized, "Unknown key", detail, path);

    static RefusedRequestException? Problem(Exception e) => e switch
    {
        RefusedRequestException refused => refused,
        MalformedBatchException m => new(StatusCodes.Status400BadRequest, "Malformed batch", m.Message, m.Path),
        JsonException j => new(StatusCodes.Status400BadRequest, "Malformed JSON", $"Not JSON at byte {j.BytePositionInLine} of line {j.LineNumber + 1}, or nested deeper than 16."),
        SpoolUnavailableException => new(StatusCodes.Status503ServiceUnavailable, "Busy", "The collector cannot store events at the moment; send them again later."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(StatusCodes.Status413PayloadTooLarge, "Too large", "The body is larger than 1 MB."),
        BadHttpRequestException => new(StatusCodes.Status400BadRequest, "Malformed request", "The request could not be read."),
        _ => null,
    };
}
