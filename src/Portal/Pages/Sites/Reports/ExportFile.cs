using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Rows of a report as a file.</summary>
static class ExportFile
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="state">What is shown: names the file.</param>
    /// <param name="part">Which part of it.</param>
    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    /// <param name="result">The rows.</param>
    public static IActionResult Of(ReportState state, string part, string? format, ReportResult result)
    {
        var calendar = new SaaS.Analytics.Reports.Calendar(result.Query.Site.TimeZone);
        var range = result.Query.Range;
        var name = $"{state.Domain}-{part}-{calendar.Day(range.From):yyyy-MM-dd}-{calendar.Day(range.To.AddTicks(-1)):yyyy-MM-dd}";
        return format switch
        {
            "csv" => File(name + ".csv", Csv(result)),
            "json" => new FileContentResult(Encoding.UTF8.GetBytes(Json(state, result)), "application/json") { FileDownloadName = name + ".json" },
            _ => new NotFoundResult(),
        };
    }

    /// <summary>Events that were found, as CSV.</summary>
    public static IActionResult Of(ReportState state, TimeRange range, SaaS.Analytics.Reports.Calendar calendar, IReadOnlyList<FoundEvent> events)
    {
        var text = new StringBuilder("id,time,name,host,path,country,source,browser,device\r\n");
        foreach (var e in events)
            text.AppendJoin(',', ((string[])[e.Id.ToString(), e.At.ToString("O"), e.Name, e.Host, e.Path, e.Country, e.Source, e.Browser, e.Device]).Select(Quoted)).Append("\r\n");
        return File($"{state.Domain}-events-{calendar.Day(range.From):yyyy-MM-dd}.csv", text.ToString());
    }

    static FileContentResult File(string name, string csv) =>
        new([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(csv)], "text/csv; charset=utf-8") { FileDownloadName = name };

    static string Csv(ReportResult result)
    {
        var text = new StringBuilder().AppendJoin(',', Columns(result).Select(Quoted)).Append("\r\n");
        foreach (var row in result.Rows)
            text.AppendJoin(',', row.Dimensions.Select(Quoted).Concat(row.Metrics.Select(m => m?.ToString(CultureInfo.InvariantCulture) ?? ""))).Append("\r\n");
        return text.ToString();
    }

    static string Json(ReportState state, ReportResult result)
    {
        var columns = Columns(result).ToList();
        return new JsonObject
        {
            ["site"] = state.Domain,
            ["from"] = result.Query.Range.From,
            ["to"] = result.Query.Range.To,
            ["time_zone"] = result.Query.Site.TimeZone,
            ["filters"] = new JsonArray([.. state.Filters.Select(f => (JsonNode)f.Text)]),
            ["rows"] = new JsonArray([.. result.Rows.Select(row => (JsonNode)new JsonObject(row.Dimensions.Select(d => (JsonNode?)d)
                .Concat(row.Metrics.Select(m => m is { } value ? (JsonNode?)value : null)).Select((v, i) => KeyValuePair.Create(columns[i], v))))]),
        }.ToJsonString(Indented);
    }

    static IEnumerable<string> Columns(ReportResult result) => result.Query.Dimensions.Select(d => d.Key).Concat(result.Query.Metrics.Select(m => m.Key));

    /// <summary>Quoted where needed; what a spreadsheet would run as a formula is made text.</summary>
    static string Quoted(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0])) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
