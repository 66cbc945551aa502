using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>Which rows an arm reads, and how it writes a dimension.</summary>
sealed class RowSql(ReportQuery query, SqlParameters parameters)
{
    static readonly TimeSpan LongestVisit = TimeSpan.FromHours(24);

    readonly List<Dimension> joined = [];

    bool BotsAsked => query.Filters.Concat<object>(query.Dimensions)
        .Any(x => x is Filter f ? f.Dimensions.Any(d => d.Key == Dimensions.IsBot) : x is Dimension { Key: Dimensions.IsBot });

    IEnumerable<Filter> OfVisitsOnly => query.Filters.Where(f => !f.AboutEvents);

    IEnumerable<Filter> OfEvents => query.Filters.Where(f => f.AboutEvents);

    /// <summary>FROM and WHERE of events; visits are joined where a dimension of theirs is needed, or only asked for membership.</summary>
    public string EventsFrom()
    {
        var conditions = EventConditions().ToList();
        joined.AddRange(query.Dimensions.Where(d => d.Scope == DimensionScope.Visit && !joined.Contains(d)));
        if (joined.Count == 0 && OfVisitsOnly.Any()) conditions.Add($"e.visit_id IN (SELECT v.visit_id {VisitsOfEvents()})");
        var join = joined.Count == 0 ? "" : $"\nINNER JOIN (SELECT v.visit_id AS visit_id, {Joined()} {VisitsOfEvents()}) AS s ON s.visit_id = e.visit_id";
        return $"FROM events AS e{join}\nWHERE {string.Join(" AND ", conditions)}";
    }

    /// <param name="entries">A filter on events must hold on the page the visit entered by, not just anywhere in it.</param>
    public string VisitsWhere(bool entries)
    {
        var conditions = VisitConditions(query.Range).ToList();
        if (!BotsAsked) conditions.Add($"v.bot_score < {EventRow.BotThreshold}");
        var filter = new FilterSql(OfVisit, parameters);
        conditions.AddRange(OfVisitsOnly.Select(filter.Of));
        if (OfEvents.Any()) conditions.Add(entries
            ? $"(v.visit_id, v.entry_path) IN (SELECT e.visit_id, e.path {Passing()})"
            : $"v.visit_id IN (SELECT e.visit_id {Passing()})");
        return string.Join(" AND ", conditions);
    }

    public string OfEvent(Dimension dimension) => dimension.Scope == DimensionScope.Visit
        ? $"s.c{Join(dimension)}"
        : Fill(dimension.Sql, dimension, "e.timestamp");

    public string OfVisit(Dimension dimension) =>
        Fill(dimension.Scope == DimensionScope.Event ? dimension.EntrySql! : dimension.Sql, dimension, "v.start");

    /// <summary>Events that pass the filters, for the visits they belong to.</summary>
    string Passing() => new RowSql(query with { Dimensions = [] }, parameters).EventsFrom();

    IEnumerable<string> EventConditions()
    {
        yield return $"e.site_id = {parameters.Add("site", "UInt32", query.Site.Id)}";
        yield return $"e.timestamp >= {parameters.Time("from", query.Range.From)}";
        yield return $"e.timestamp < {parameters.Time("to", query.Range.To)}";
        if (!BotsAsked) yield return $"e.bot_score < {EventRow.BotThreshold}";
        var filter = new FilterSql(OfEvent, parameters);
        foreach (var one in OfEvents) yield return filter.Of(one);
    }

    /// <summary>The visits that events of the range can belong to: those that were open when it began too.</summary>
    string VisitsOfEvents()
    {
        var filter = new FilterSql(OfVisit, parameters);
        var conditions = VisitConditions(query.Range with { From = query.Range.From - LongestVisit }, "open_").Concat(OfVisitsOnly.Select(filter.Of));
        return $"FROM visits AS v FINAL WHERE {string.Join(" AND ", conditions)}";
    }

    IEnumerable<string> VisitConditions(TimeRange range, string prefix = "")
    {
        var from = parameters.Time(prefix + "from", range.From);
        yield return $"v.site_id = {parameters.Add("site", "UInt32", query.Site.Id)}";
        yield return $"v.first_received_at >= {from}";
        yield return $"v.first_received_at < {parameters.Time("received_to", range.To + EventLimits.Lateness + LongestVisit)}";
        yield return $"v.start >= {from}";
        yield return $"v.start < {parameters.Time("to", range.To)}";
        yield return "v.merged_into = 0";
    }

    string Joined() => string.Join(", ", joined.Select((d, i) => $"{OfVisit(d)} AS c{i}"));

    int Join(Dimension dimension)
    {
        if (!joined.Contains(dimension)) joined.Add(dimension);
        return joined.IndexOf(dimension);
    }

    string Fill(string sql, Dimension dimension, string at)
    {
        sql = sql.Replace("$at", at, StringComparison.Ordinal);
        if (sql.Contains("$zone")) sql = sql.Replace("$zone", parameters.Add("zone", "String", query.Site.TimeZone), StringComparison.Ordinal);
        return sql.Contains("$prop") ? sql.Replace("$prop", parameters.Text(dimension.Property!), StringComparison.Ordinal) : sql;
    }
}
