using System.Text.Json;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>The form of an answer that the request accepts: JSON unless it names another.</summary>
static class QueryFormats
{
    const string Csv = "text/csv";
    const string Lines = "application/x-ndjson";
    const string Parquet = "application/vnd.apache.parquet";

    public static IResult Answer(HttpRequest request, ReportResult result, JsonElement asked)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1).Select(a => a.MediaType.Value);
        return accepted.FirstOrDefault(a => a is Csv or Lines or Parquet or "application/json" or "*/*") switch
        {
            Csv => Results.Stream(stream => ResultTable.Of(result).WriteCsvAsync(stream), Csv + "; charset=utf-8"),
            Lines => Results.Stream(stream => ResultTable.Of(result).WriteLinesAsync(stream), Lines),
            Parquet => Results.Stream(stream => ParquetTable.WriteAsync(ResultTable.Of(result), stream), Parquet),
            _ => Results.Json(QueryJson.Answer(result, asked)),
        };
    }
}
