using System.Globalization;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>The headers ClickHouse.Driver reads.</summary>
internal static class ResponseHeaders
{
    public static void Statement(HttpResponse response, StatementRequest statement)
    {
        response.Headers["X-ClickHouse-Server-Display-Name"] = "embedded";
        response.Headers["X-ClickHouse-Query-Id"] = statement.QueryId;
        response.Headers["X-ClickHouse-Timezone"] = statement.TimeZone;
    }

    public static void Result(HttpResponse response, string format, Progress progress, string? encoding)
    {
        response.ContentType = ContentType(format);
        response.Headers["X-ClickHouse-Format"] = format;
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        Summary(response, progress);
    }

    /// <summary>Counts known so far, numbers as text as ClickHouse writes them.</summary>
    public static void Summary(HttpResponse response, Progress progress) =>
        response.Headers["X-ClickHouse-Summary"] = string.Create(CultureInfo.InvariantCulture,
            $$"""{"read_rows":"{{progress.ReadRows}}","read_bytes":"{{progress.ReadBytes}}","written_rows":"{{progress.WrittenRows}}","written_bytes":"{{progress.WrittenBytes}}","total_rows_to_read":"0","result_rows":"{{progress.ResultRows}}","result_bytes":"0","elapsed_ns":"0"}""");

    private static string ContentType(string format) => format switch
    {
        _ when format.StartsWith("JSONEachRow", StringComparison.OrdinalIgnoreCase) => "application/x-ndjson; charset=UTF-8",
        _ when format.StartsWith("JSON", StringComparison.OrdinalIgnoreCase) => "application/json; charset=UTF-8",
        _ when format.StartsWith("CSV", StringComparison.OrdinalIgnoreCase) => "text/csv; charset=UTF-8",
        _ when format.StartsWith("T", StringComparison.OrdinalIgnoreCase) => "text/tab-separated-values; charset=UTF-8",
        _ when format.StartsWith("RowBinary", StringComparison.OrdinalIgnoreCase) => "application/octet-stream",
        _ => "text/plain; charset=UTF-8",
    };
}
