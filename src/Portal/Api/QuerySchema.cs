using System.Text.Json.Nodes;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary><c>GET /api/v2/schema</c>: every metric, dimension and operator, from the lists that the planner uses.</summary>
static class QuerySchema
{
    static readonly string[] Logical = ["and", "or", "not", "has_done", "has_not_done"];

    public static JsonObject Of() => new()
    {
        ["metrics"] = new JsonArray([.. Metrics.All.Select(Metric)]),
        ["dimensions"] = new JsonArray([.. Dimensions.All.Select(Dimension), Property()]),
        ["operators"] = Texts(FilterOperators.OfValues.Concat(Logical)),
        ["date_ranges"] = Texts(["day", "24h", "7d", "28d", "30d", "91d", "month", "6mo", "12mo", "year", "all"]),
        ["comparisons"] = Texts(["previous_period", "year_over_year", "custom"]),
        ["most_rows"] = ReportQuery.MostRows,
    };

    static JsonObject Metric(Metric metric) => new()
    {
        ["key"] = metric.Key,
        ["type"] = metric.Kind.ToString().ToLowerInvariant(),
        ["needs_memory"] = metric.NeedsMemory,
        ["needs_goal"] = metric.NeedsGoal,
    };

    static JsonObject Dimension(Dimension dimension) => new()
    {
        ["key"] = dimension.Key,
        ["scope"] = dimension.Scope.ToString().ToLowerInvariant(),
        ["type"] = dimension.Bucket is null ? "text" : "time",
        ["empty"] = dimension.Scope == DimensionScope.Time ? null : dimension.Empty,
        ["operators"] = Texts(dimension.Scope == DimensionScope.Time ? [] : FilterOperators.OfValues),
    };

    static JsonObject Property() => new()
    {
        ["key"] = "event:props:*", ["scope"] = "event", ["type"] = "text", ["empty"] = "(not set)", ["operators"] = Texts(FilterOperators.OfValues),
    };

    static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
