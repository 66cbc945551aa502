using System.Text.Json;

namespace SaaS.Analytics.Reports;

/// <summary>Reads order, page and inclusions.</summary>
sealed class QueryOptionsParser(DateTime now)
{
    static readonly HashSet<string> Inclusions = ["time_labels", "total_rows", "comparisons", "explain", "imports"];

    public ReportQuery Apply(ReportQuery query, JsonElement body) =>
        Include(Page(query with { OrderBy = Order(body) }, body), body);

    static List<OrderBy> Order(JsonElement body)
    {
        if (Json.Field(body, "order_by") is not { } orders) return [];
        if (orders.ValueKind != JsonValueKind.Array) throw new ReportQueryException("order_by", "Must be a list such as [[\"visitors\", \"desc\"]].");
        return [.. orders.EnumerateArray().Select((order, i) => One(order, $"order_by[{i}]"))];
    }

    static OrderBy One(JsonElement order, string field)
    {
        var pair = Json.Strings(order, field, field, 2);
        if (pair is not [var key, "asc" or "desc"])
            throw new ReportQueryException(field, "Must be [metric or dimension, \"asc\" or \"desc\"].");
        return new OrderBy(key, pair[1] == "desc");
    }

    static ReportQuery Page(ReportQuery query, JsonElement body) => Json.Field(body, "pagination") is not { } page ? query : query with
    {
        Limit = Number(page, "limit", 1, ReportQuery.MostRows, ReportQuery.MostRows),
        Offset = Number(page, "offset", 0, 1_000_000, 0),
    };

    static int Number(JsonElement page, string name, int least, int most, int otherwise)
    {
        if (page.ValueKind != JsonValueKind.Object) throw new ReportQueryException("pagination", "Must be an object.");
        if (Json.Field(page, name) is not { } value) return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new ReportQueryException("pagination." + name, $"Must be a number from {least} to {most}.");
    }

    ReportQuery Include(ReportQuery query, JsonElement body)
    {
        if (Json.Field(body, "include") is not { } include) return query;
        if (include.ValueKind != JsonValueKind.Object) throw new ReportQueryException("include", "Must be an object.");
        foreach (var field in include.EnumerateObject().Where(f => !Inclusions.Contains(f.Name)))
            throw new ReportQueryException("include." + field.Name, $"There is no such field. There are: {string.Join(", ", Inclusions)}.");
        query = query with
        {
            IncludeTimeLabels = Json.Flag(include, "time_labels", "include.time_labels"),
            IncludeTotalRows = Json.Flag(include, "total_rows", "include.total_rows"),
            IncludeExplanation = Json.Flag(include, "explain", "include.explain"),
        };
        return Json.Field(include, "comparisons") is { } comparisons ? Compare(query, comparisons) : query;
    }

    ReportQuery Compare(ReportQuery query, JsonElement comparisons)
    {
        const string field = "include.comparisons";
        if (comparisons.ValueKind != JsonValueKind.Object) throw new ReportQueryException(field, "Must be an object.");
        var mode = Mode(comparisons, field + ".mode");
        return query with
        {
            Comparison = mode,
            MatchWeekday = Json.Flag(comparisons, "match_day_of_week", field + ".match_day_of_week"),
            ComparedWith = mode == Comparison.Custom ? Custom(query, comparisons, field + ".date_range") : null,
        };
    }

    TimeRange Custom(ReportQuery query, JsonElement comparisons, string field) => DateRangeParser.Range(
        Json.Field(comparisons, "date_range") ?? throw new ReportQueryException(field, "Name the range to compare with."),
        field, query.Site, query.TimeZone, now);

    static Comparison Mode(JsonElement comparisons, string field) =>
        (Json.Field(comparisons, "mode") is { } value ? Json.Text(value, field) : "") switch
        {
            "previous_period" => Comparison.PreviousPeriod,
            "year_over_year" => Comparison.YearOverYear,
            "custom" => Comparison.Custom,
            _ => throw new ReportQueryException(field, "Must be previous_period, year_over_year or custom."),
        };
}
