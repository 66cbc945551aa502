using System.Text.Json;

namespace SaaS.Analytics.Reports;

/// <summary>
/// Reads <c>[operator, dimension, values]</c>, <c>["and" | "or", [filters]]</c>, <c>["not", filter]</c>,
/// <c>["has_done" | "has_not_done", filter]</c>, <c>["is", "segment", [ids]]</c> and <c>["is" | "contains", "event:goal", [names]]</c>.
/// </summary>
/// <param name="segments">Saved filters as JSON, by id.</param>
/// <param name="goals">What reaches a goal, by its name.</param>
sealed class FilterParser(IReadOnlyDictionary<string, string>? segments, IReadOnlyDictionary<string, Filter>? goals)
{
    const int Deepest = 8;
    const int MostFilters = 100;
    const int MostValues = 200;
    const int LongestValue = 4096;
    const string Segment = "segment";
    const string Goal = "event:goal";

    bool inDone;

    public List<Filter> Parse(JsonElement body) => Json.Field(body, "filters") is { } filters ? Filters(filters, "filters", 0) : [];

    List<Filter> Filters(JsonElement value, string field, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new ReportQueryException(field, "Must be a list of filters.");
        if (value.GetArrayLength() > MostFilters) throw new ReportQueryException(field, $"At most {MostFilters} filters are allowed.");
        return [.. value.EnumerateArray().Select((f, i) => One(f, $"{field}[{i}]", depth))];
    }

    Filter One(JsonElement value, string field, int depth)
    {
        if (depth > Deepest) throw new ReportQueryException(field, "The filters are nested too deep.");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < 2)
            throw new ReportQueryException(field, "A filter is [operator, dimension, values] or [\"and\", [filters]].");
        return Json.Text(value[0], field + "[0]") switch
        {
            "and" => new AllOf(NotEmpty(value[1], field, depth)),
            "or" => new AnyOf(NotEmpty(value[1], field, depth)),
            "not" => new Not(One(value[1], field + "[1]", depth + 1)),
            "has_done" => Done(value[1], field, depth, negated: false),
            "has_not_done" => Done(value[1], field, depth, negated: true),
            var name when Names(value, Segment) => Saved(name, value, field, depth),
            var name when Names(value, Goal) => Reached(name, value, field),
            var name => Match(name, value, field),
        };
    }

    List<Filter> NotEmpty(JsonElement value, string field, int depth)
    {
        var filters = Filters(value, field + "[1]", depth + 1);
        return filters.Count > 0 ? filters : throw new ReportQueryException(field + "[1]", "Name at least one filter.");
    }

    HasDone Done(JsonElement value, string field, int depth, bool negated)
    {
        if (inDone) throw new ReportQueryException(field, "has_done and has_not_done cannot stand inside each other.");
        inDone = true;
        var done = new HasDone(One(value, field + "[1]", depth + 1), negated);
        inDone = false;
        return done;
    }

    static bool Names(JsonElement value, string what) => value[1].ValueKind == JsonValueKind.String && value[1].GetString() == what;

    /// <summary>What was saved under the ids, as if it stood here; of several any may hold.</summary>
    AnyOf Saved(string name, JsonElement value, string field, int depth)
    {
        if (name != "is" || value.GetArrayLength() < 3) throw new ReportQueryException(field, "A segment is asked for as [\"is\", \"segment\", [ids]].");
        return new AnyOf([.. Values(value[2], field + "[2]").Select((id, i) => One(id, $"{field}[2][{i}]"))]);

        AllOf One(string id, string at)
        {
            if (segments?.GetValueOrDefault(id) is not { } saved) throw new ReportQueryException(at, $"The site has no segment {id}.");
            using var json = JsonDocument.Parse(saved);
            return new AllOf(Filters(json.RootElement, at, depth + 1));
        }
    }

    /// <summary>Events that reach one of the goals.</summary>
    Filter Reached(string name, JsonElement value, string field)
    {
        if (FilterOperators.Find(name) is not (var kind, var negated) || kind == MatchKind.Matches || value.GetArrayLength() < 3)
            throw new ReportQueryException(field, "A goal is asked for as [\"is\", \"event:goal\", [names]], or with is_not, contains, contains_not.");
        var any = new AnyOf([.. Values(value[2], field + "[2]").SelectMany((goal, i) => One(goal, $"{field}[2][{i}]"))]) { IsGoal = !negated };
        return negated ? new Not(any) : any;

        IEnumerable<Filter> One(string goal, string at)
        {
            var found = goals?.Where(g => kind == MatchKind.Is ? g.Key == goal : g.Key.Contains(goal, StringComparison.Ordinal)).Select(g => g.Value).ToList();
            return found is { Count: > 0 } ? found : throw new ReportQueryException(at, $"The site has no such goal: {goal}. {(goals is { Count: > 0 } ? "There are: " + string.Join(", ", goals.Keys) + "." : "Add one on the page Goals.")}");
        }
    }

    static Match Match(string name, JsonElement value, string field)
    {
        var (kind, negated) = FilterOperators.Find(name)
            ?? throw new ReportQueryException(field + "[0]", $"There is no operator '{name}'. There are: {FilterOperators.List}.");
        if (value.GetArrayLength() < 3) throw new ReportQueryException(field, "A filter needs values: [operator, dimension, values].");
        var dimension = Json.Dimension(Json.Text(value[1], field + "[1]"), field + "[1]");
        if (dimension.Scope == DimensionScope.Time) throw new ReportQueryException(field + "[1]", "Time is chosen by date_range.");
        return new Match(dimension, kind, negated, Values(value[2], field + "[2]"), CaseSensitive(value, field)) { Field = field + "[2]" };
    }

    static List<string> Values(JsonElement value, string field)
    {
        var values = Json.Strings(value, field, "values", MostValues);
        if (values.Count == 0) throw new ReportQueryException(field, "Name at least one value.");
        return values.TrueForAll(v => v.Length <= LongestValue) ? values : throw new ReportQueryException(field, "A value is too long.");
    }

    static bool CaseSensitive(JsonElement value, string field)
    {
        if (value.GetArrayLength() < 4) return true;
        if (value[3].ValueKind != JsonValueKind.Object) throw new ReportQueryException(field + "[3]", "Must be an object such as {\"case_sensitive\": false}.");
        return Json.Field(value[3], "case_sensitive") is null || Json.Flag(value[3], "case_sensitive", field + "[3].case_sensitive");
    }
}
