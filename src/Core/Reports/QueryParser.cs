using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Reads the JSON of <c>POST /api/v2/query</c>: Plausible's Stats API v2 and what this product adds.</summary>
public static class QueryParser
{
    const int MostMetrics = 20;
    const int MostDimensions = 6;

    static readonly HashSet<string> Known =
        ["site_id", "date_range", "metrics", "dimensions", "filters", "order_by", "include", "pagination", "exact"];

    /// <exception cref="ReportQueryException">Names the field that is wrong.</exception>
    public static ReportQuery Parse(JsonElement body, AuthorizedSite site, DateTime now)
    {
        foreach (var field in body.EnumerateObject().Where(f => !Known.Contains(f.Name)))
            throw new ReportQueryException(field.Name, "There is no such field.");
        var query = new ReportQuery(site, DateRangeParser.Parse(body, site, now))
        {
            Metrics = ReadMetrics(body),
            Dimensions = ReadDimensions(body),
            Filters = FilterParser.Parse(body),
        };
        query = QueryOptionsParser.Apply(query, body);
        QueryCheck.Check(query);
        return query;
    }

    static List<Metric> ReadMetrics(JsonElement body)
    {
        var keys = Json.Strings(body, "metrics", MostMetrics);
        if (keys.Count == 0) throw new ReportQueryException("metrics", "Name at least one metric.");
        return Json.Each(keys, "metrics", (key, field) => Metrics.Find(key)
            ?? throw new ReportQueryException(field, $"There is no metric '{key}'. There are: {string.Join(", ", Metrics.All.Select(m => m.Key))}."));
    }

    static List<Dimension> ReadDimensions(JsonElement body) =>
        Json.Each(Json.Strings(body, "dimensions", MostDimensions), "dimensions", Json.Dimension);
}
