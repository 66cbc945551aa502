using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>The answer in the shape of Plausible's Stats API v2, with what this product adds in <c>meta</c>.</summary>
static class QueryJson
{
    const string Instant = "yyyy-MM-ddTHH:mm:sszzz";

    public static string SiteId(JsonElement body) =>
        body.TryGetProperty("site_id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= 300 } text
            ? text
            : throw new ReportQueryException("site_id", "Name the site: its domain or its tracking id.");

    public static JsonObject Answer(ReportResult result, JsonElement asked) => new()
    {
        ["results"] = new JsonArray([.. result.Rows.Select(row => Row(result.Query, row))]),
        ["meta"] = Meta(result),
        ["query"] = Query(result.Query, asked),
    };

    static JsonObject Row(ReportQuery query, ReportRow row)
    {
        var json = Values(query, row);
        if (query.Comparison == Comparison.None) return json;
        var compared = row.Compared ?? new ReportRow(row.Dimensions, [.. query.Metrics.Select(m => m.Nothing)]);
        var comparison = Values(query, compared);
        comparison["change"] = new JsonArray([.. query.Metrics.Select((m, i) => JsonValue.Create(Change.Of(m, compared.Metrics[i], row.Metrics[i])))]);
        json["comparison"] = comparison;
        return json;
    }

    static JsonObject Values(ReportQuery query, ReportRow row) => new()
    {
        ["dimensions"] = new JsonArray([.. row.Dimensions.Select(d => JsonValue.Create(d))]),
        ["metrics"] = new JsonArray([.. query.Metrics.Select((m, i) => Number(m, row.Metrics[i]))]),
    };

    static JsonValue? Number(Metric metric, double? value) =>
        metric.Kind == MetricKind.Count && value is { } count ? JsonValue.Create((long)count) : JsonValue.Create(value);

    static JsonObject Meta(ReportResult result)
    {
        var meta = new JsonObject
        {
            ["freshness"] = result.Meta.Freshness,
            ["source"] = result.Meta.Source,
            ["sample_percent"] = result.Meta.SamplePercent,
            ["approximate"] = result.Meta.Approximate,
            ["cached"] = result.Meta.Cached,
            ["coverage"] = result.Meta.Coverage,
            ["warnings"] = new JsonArray([.. result.Meta.Warnings.Select(w => JsonValue.Create(w))]),
            ["elapsed_ms"] = Math.Round(result.Meta.ElapsedMs, 1),
        };
        if (result.Meta.TimeLabels is { } labels) meta["time_labels"] = new JsonArray([.. labels.Select(l => JsonValue.Create(l))]);
        if (result.Meta.TotalRows is { } rows) meta["total_rows"] = rows;
        if (result.Meta.Compared is { } compared) meta["compared"] = Range(result.Query, compared);
        if (result.Meta.Explanation is { } explanation) meta["explain"] = Explain(explanation);
        return meta;
    }

    static JsonObject Explain(Explanation explanation) => new()
    {
        ["source"] = explanation.Source,
        ["why"] = explanation.Why,
        ["rolled_days"] = explanation.RolledDays,
        ["raw_ranges"] = new JsonArray([.. explanation.RawRanges.Select(r => new JsonArray(r.From, r.To))]),
        ["sql"] = explanation.Sql,
    };

    static JsonObject Query(ReportQuery query, JsonElement asked) => new()
    {
        ["site_id"] = JsonNode.Parse(asked.GetProperty("site_id").GetRawText()),
        ["metrics"] = new JsonArray([.. query.Metrics.Select(m => JsonValue.Create(m.Key))]),
        ["date_range"] = Range(query, query.Range),
        ["timezone"] = query.TimeZone,
        ["dimensions"] = new JsonArray([.. query.Dimensions.Select(d => JsonValue.Create(d.Key))]),
        ["filters"] = asked.TryGetProperty("filters", out var filters) ? JsonNode.Parse(filters.GetRawText()) : new JsonArray(),
        ["order_by"] = new JsonArray([.. query.OrderBy.Select(o => new JsonArray(o.Key, o.Descending ? "desc" : "asc"))]),
        ["include"] = asked.TryGetProperty("include", out var include) ? JsonNode.Parse(include.GetRawText()) : new JsonObject(),
        ["pagination"] = new JsonObject { ["limit"] = query.Limit, ["offset"] = query.Offset },
    };

    static JsonArray Range(ReportQuery query, TimeRange range) => new(Local(query, range.From), Local(query, range.To.AddSeconds(-1)));

    static JsonValue Local(ReportQuery query, DateTime utc) => JsonValue.Create(
        TimeZoneInfo.ConvertTime(new DateTimeOffset(utc, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById(query.TimeZone))
            .ToString(Instant, System.Globalization.CultureInfo.InvariantCulture))!;
}
