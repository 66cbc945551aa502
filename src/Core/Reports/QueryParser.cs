using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>Reads the JSON of <c>POST /api/v2/query</c>: Plausible's Stats API v2 and what this product adds.</summary>
public static class QueryParser
{
    const int MostMetrics = 30;
    const int MostDimensions = 6;
    const string AnyTime = "time";

    static readonly HashSet<string> Known =
        ["site_id", "date_range", "timezone", "metrics", "dimensions", "filters", "order_by", "include", "pagination", "exact"];

    /// <param name="body">The request.</param>
    /// <param name="site">The site it is about.</param>
    /// <param name="now">UTC.</param>
    /// <param name="segments">The site's saved filters by id; none where it has none.</param>
    /// <param name="goals">What reaches each of the site's goals, by its name.</param>
    /// <exception cref="ReportQueryException">Names the field that is wrong.</exception>
    public static ReportQuery Parse(JsonElement body, AuthorizedSite site, DateTime now, IReadOnlyDictionary<string, string>? segments = null, IReadOnlyDictionary<string, Filter>? goals = null)
    {
        foreach (var field in body.EnumerateObject().Where(f => !Known.Contains(f.Name)))
            throw new ReportQueryException(field.Name, "There is no such field.");
        var zone = DateRangeParser.Zone(body, site);
        var range = DateRangeParser.Parse(body, site, zone, now);
        var query = new ReportQuery(site, range)
        {
            TimeZone = zone,
            Metrics = ReadMetrics(body),
            Dimensions = ReadDimensions(body, range),
            Filters = new FilterParser(segments, goals).Parse(body),
            Exact = Json.Flag(body, "exact", "exact"),
        };
        query = new QueryOptionsParser(now).Apply(query, body);
        QueryCheck.Check(query);
        CheckGoals(query);
        return query;
    }

    static void CheckGoals(ReportQuery query)
    {
        var needing = query.Metrics.ToList().FindIndex(m => m.NeedsGoal);
        if (needing >= 0 && !query.Filters.Any(f => f.IsGoal))
            throw new ReportQueryException($"metrics[{needing}]", $"'{query.Metrics[needing].Key}' is about goals: add the filter [\"is\", \"event:goal\", [names]].");
    }

    static List<Metric> ReadMetrics(JsonElement body)
    {
        var keys = Json.Strings(body, "metrics", MostMetrics);
        if (keys.Count == 0) throw new ReportQueryException("metrics", "Name at least one metric.");
        return Json.Each(keys, "metrics", (key, field) => Metrics.Find(key)
            ?? throw new ReportQueryException(field, $"There is no metric '{key}'. There are: {string.Join(", ", Metrics.All.Select(m => m.Key))}."));
    }

    static List<Dimension> ReadDimensions(JsonElement body, TimeRange range) =>
        Json.Each(Json.Strings(body, "dimensions", MostDimensions), "dimensions",
            (key, field) => key == AnyTime ? Dimensions.OfTime(BucketOf(range)) : Json.Dimension(key, field));

    /// <summary>The step of a dimension that is just called time.</summary>
    static TimeBucket BucketOf(TimeRange range) => range.Length.TotalDays switch
    {
        <= 2.1 => TimeBucket.Hour,
        <= 93 => TimeBucket.Day,
        _ => TimeBucket.Month,
    };
}
