using System.Text.Json;

namespace SaaS.Analytics.Reports;

/// <summary>Reads order, page and inclusions.</summary>
static class QueryOptionsParser
{
    public static ReportQuery Apply(ReportQuery query, JsonElement body) =>
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

    static ReportQuery Include(ReportQuery query, JsonElement body)
    {
        if (Json.Field(body, "include") is not { } include) return query;
        if (include.ValueKind != JsonValueKind.Object) throw new ReportQueryException("include", "Must be an object.");
        return query with
        {
            IncludeTimeLabels = Json.Flag(include, "time_labels", "include.time_labels"),
            IncludeTotalRows = Json.Flag(include, "total_rows", "include.total_rows"),
            Comparison = Json.Field(include, "comparisons") is { } comparisons ? Mode(comparisons) : Comparison.None,
        };
    }

    static Comparison Mode(JsonElement comparisons)
    {
        const string field = "include.comparisons.mode";
        var mode = comparisons.ValueKind == JsonValueKind.Object && Json.Field(comparisons, "mode") is { } value ? Json.Text(value, field) : "";
        return mode switch
        {
            "previous_period" => Comparison.PreviousPeriod,
            "year_over_year" => Comparison.YearOverYear,
            _ => throw new ReportQueryException(field, "Must be previous_period or year_over_year."),
        };
    }
}
