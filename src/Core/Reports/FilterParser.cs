using System.Text.Json;

namespace SaaS.Analytics.Reports;

/// <summary>Reads <c>[operator, dimension, values]</c>, <c>["and" | "or", [filters]]</c> and <c>["not", filter]</c>.</summary>
static class FilterParser
{
    const int Deepest = 8;
    const int MostFilters = 100;
    const int MostValues = 200;
    const int LongestValue = 4096;

    public static List<Filter> Parse(JsonElement body)
    {
        if (Json.Field(body, "filters") is not { } filters) return [];
        return Filters(filters, "filters", 0);
    }

    static List<Filter> Filters(JsonElement value, string field, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new ReportQueryException(field, "Must be a list of filters.");
        if (value.GetArrayLength() > MostFilters) throw new ReportQueryException(field, $"At most {MostFilters} filters are allowed.");
        return [.. value.EnumerateArray().Select((f, i) => One(f, $"{field}[{i}]", depth))];
    }

    static Filter One(JsonElement value, string field, int depth)
    {
        if (depth > Deepest) throw new ReportQueryException(field, "The filters are nested too deep.");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2)
            throw new ReportQueryException(field, "A filter is [operator, dimension, values] or [\"and\", [filters]].");
        return Json.Text(value[0], field + "[0]") switch
        {
            "and" => new AllOf(NotEmpty(value[1], field, depth)),
            "or" => new AnyOf(NotEmpty(value[1], field, depth)),
            "not" => new Not(One(value[1], field + "[1]", depth + 1)),
            var name => Match(name, value, field),
        };
    }

    static List<Filter> NotEmpty(JsonElement value, string field, int depth)
    {
        var filters = Filters(value, field + "[1]", depth + 1);
        return filters.Count > 0 ? filters : throw new ReportQueryException(field + "[1]", "Name at least one filter.");
    }

    static Match Match(string name, JsonElement value, string field)
    {
        var (kind, negated) = FilterOperators.Find(name)
            ?? throw new ReportQueryException(field + "[0]", $"There is no operator '{name}'. There are: {FilterOperators.List}.");
        if (value.GetArrayLength() < 3) throw new ReportQueryException(field, "A filter needs values: [operator, dimension, values].");
        var dimension = Json.Dimension(Json.Text(value[1], field + "[1]"), field + "[1]");
        if (dimension.Scope == DimensionScope.Time) throw new ReportQueryException(field + "[1]", "Time is chosen by date_range.");
        return new Match(dimension, kind, negated, Values(value[2], field + "[2]"), CaseSensitive(value, field));
    }

    static List<string> Values(JsonElement value, string field)
    {
        var values = Json.Strings(value, field, "values", MostValues);
        if (values.Count == 0) throw new ReportQueryException(field, "Name at least one value.");
        return values.TrueForAll(v => v.Length <= LongestValue) ? values : throw new ReportQueryException(field, "A value is too long.");
    }

    static bool CaseSensitive(JsonElement value, string field) =>
        value.GetArrayLength() < 4 || value[3].ValueKind != JsonValueKind.Object || Json.Field(value[3], "case_sensitive") is null
        || Json.Flag(value[3], "case_sensitive", field + "[3].case_sensitive");
}
