using System.Globalization;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>Answers an error with ClickHouse's status, header and body.</summary>
internal static class ErrorAnswer
{
    public const int AuthenticationFailed = 516;

    public static async Task WriteAsync(HttpContext context, EngineException failure)
    {
        var response = context.Response;
        response.StatusCode = Status(failure.Code);
        response.ContentType = "text/plain; charset=UTF-8";
        response.Headers["X-ClickHouse-Exception-Code"] = failure.Code.ToString(CultureInfo.InvariantCulture);
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Basic realm=\"ClickHouse server HTTP API\"";
        await response.WriteAsync(failure.Message + "\n", context.RequestAborted);
    }

    private static int Status(int code) => code switch
    {
        AuthenticationFailed or 192 or 193 or 194 => StatusCodes.Status401Unauthorized,
        497 => StatusCodes.Status403Forbidden,
        159 => StatusCodes.Status408RequestTimeout,
        48 => StatusCodes.Status501NotImplemented,
        46 or 47 or 50 or 56 or 57 or 60 or 63 or 73 or 81 or 82 or 115 or 16 => StatusCodes.Status404NotFound,
        6 or 15 or 19 or 20 or 26 or 27 or 32 or 33 or 36 or 38 or 41 or 42 or 43 or 44 or 53 or 62 or 69 or 70 or 72
            or 89 or 117 or 131 or 321 or 427 or 456 or 457 => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
