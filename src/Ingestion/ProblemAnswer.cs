using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SaaS.Analytics.Ingestion;

/// <summary>RFC 9457 problem documents, with the JSON pointer of the offending field as <c>path</c>.</summary>
static class ProblemAnswer
{
    const int RetryAfterSeconds = 5;

    public static Task WriteAsync(HttpContext context, RefusedRequestException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        var document = new Dictionary<string, object>
        {
            ["type"] = "about:blank", ["title"] = problem.Title, ["status"] = problem.Status, ["detail"] = problem.Message,
        };
        if (problem.Path is not null) document["path"] = problem.Path;
        return response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document), context.RequestAborted).AsTask();
    }
}
