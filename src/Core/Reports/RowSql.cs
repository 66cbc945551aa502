using SaaS.Analytics.Events;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>Which rows of the raw tables an arm reads, and how it writes a dimension.</summary>
sealed class RowSql(ReportQuery query, Reading reading, SqlParameters parameters)
{
    static readonly TimeSpan LongestVisit = TimeSpan.FromHours(24);

    /// <summary>Visitor ids are spread evenly: those below are the sample that ClickHouse takes of events.</summary>
    const ulong SampledIds = ulong.MaxValue / Reading.SampleOf;

    readonly List<Dimension> joined = [];

    bool BotsAsked => query.Filters.SelectMany(f => f.Dimensions).Concat(query.Dimensions).Any(d => d.Key is Dimensions.IsBot or Dimensions.BotName);

    IEnumerable<Filter> OfVisitsOnly => query.Filters.Where(f => !f.AboutEvents);

    IEnumerable<Filter> OfEvents => query.Filters.Where(f => f.AboutEvents);

    /// <summary>FROM and WHERE of events; visits are joined where a dimension of theirs is needed, or only asked for membership.</summary>
    public string EventsFrom()
    {
        var conditions = EventConditions().ToList();
        joined.AddRange(query.Dimensions.Where(d => d.Scope == DimensionScope.Visit && !joined.Contains(d)));
        if (joined.Count == 0 && OfVisitsOnly.Any()) conditions.Add($"e.visit_id IN (SELECT v.visit_id {VisitsOfEvents()})");
        var sample = reading.Sampled ? $" SAMPLE 1 / {Reading.SampleOf}" : "";
        var join = joined.Count == 0 ? "" : $"\nINNER JOIN (SELECT v.visit_id AS visit_id, {Joined()} {VisitsOfEvents()}) AS s ON s.visit_id = e.visit_id";
        return $"FROM events AS e{sample}{join}\nWHERE {string.Join(" AND ", conditions)}";
    }

    /// <param name="arm">Entries and exits: a filter on events must hold on that page of the visit, not just anywhere in it.</param>
    public string VisitsWhere(Arm arm)
    {
        var conditions = VisitConditions(TimeSpan.Zero).ToList();
        if (!BotsAsked) conditions.Add($"v.bot_score < {EventRow.BotThreshold}");
        var filter = new FilterSql(d => OfVisit(d, arm), "v.visitor_id", Doers, parameters);
        conditions.AddRange(OfVisitsOnly.Select(filter.Of));
        if (OfEvents.Any()) conditions.Add(arm switch
        {
            Arm.Entries => $"(v.visit_id, v.entry_path) IN (SELECT e.visit_id, e.path {Passing()})",
            Arm.Exits => $"(v.visit_id, v.exit_path) IN (SELECT e.visit_id, e.path {Passing()})",
            _ => $"v.visit_id IN (SELECT e.visit_id {Passing()})",
        });
        return string.Join(" AND ", conditions);
    }

    public string OfEvent(Dimension dimension) => dimension.Scope == DimensionScope.Visit
        ? $"s.c{Join(dimension)}"
        : Fill(dimension.Sql, dimension, "e.timestamp");

    public string OfVisit(Dimension dimension, Arm arm) => dimension.Scope != DimensionScope.Event
        ? Fill(dimension.Sql, dimension, "v.start")
        : Fill((arm == Arm.Exits ? dimension.ExitSql : dimension.EntrySql)!, dimension, "v.start");

    /// <summary>Events that pass the filters, for the visits they belong to.</summary>
    string Passing() => new RowSql(query with { Dimensions = [] }, reading, parameters).EventsFrom();

    /// <summary>Visitors with an event in the range that passes a filter, whatever the other filters say.</summary>
    string Doers(Filter done) =>
        $"SELECT e.visitor_id {new RowSql(query with { Dimensions = [], Filters = [done] }, reading, parameters).EventsFrom()}";

    IEnumerable<string> EventConditions()
    {
        yield return $"e.site_id = {parameters.Add("site", "UInt32", query.Site.Id)}";
        yield return Pieces(p => $"e.timestamp >= {parameters.Time(Name("from", p), reading.Raw[p].From)} AND e.timestamp < {parameters.Time(Name("to", p), reading.Raw[p].To)}");
        yield return $"e.{EventColumns.Counts}";
        if (!BotsAsked) yield return $"e.bot_score < {EventRow.BotThreshold}";
        var filter = new FilterSql(OfEvent, "e.visitor_id", Doers, parameters);
        foreach (var one in OfEvents) yield return filter.Of(one);
    }

    /// <summary>The visits that events of the range can belong to: those that were open when it began too.</summary>
    string VisitsOfEvents()
    {
        var filter = new FilterSql(d => OfVisit(d, Arm.Visits), "v.visitor_id", Doers, parameters);
        var conditions = VisitConditions(LongestVisit, "open_").Concat(OfVisitsOnly.Select(filter.Of));
        return $"FROM visits AS v FINAL WHERE {string.Join(" AND ", conditions)}";
    }

    IEnumerable<string> VisitConditions(TimeSpan before, string prefix = "")
    {
        yield return $"v.site_id = {parameters.Add("site", "UInt32", query.Site.Id)}";
        yield return Pieces(p => VisitTimes(p, reading.Raw[p] with { From = reading.Raw[p].From - before }, prefix));
        if (reading.Sampled) yield return $"v.visitor_id < {SampledIds}";
        yield return "v.merged_into = 0";
    }

    string VisitTimes(int piece, TimeRange range, string prefix)
    {
        var from = parameters.Time(Name(prefix + "from", piece), range.From);
        var received = parameters.Time(Name("received_to", piece), range.To + EventLimits.Lateness + LongestVisit);
        return $"v.first_received_at >= {from} AND v.first_received_at < {received} AND v.start >= {from} AND v.start < {parameters.Time(Name("to", piece), range.To)}";
    }

    string Pieces(Func<int, string> piece) => reading.Raw.Count == 1
        ? piece(0)
        : $"({string.Join(" OR ", reading.Raw.Select((_, i) => $"({piece(i)})"))})";

    static string Name(string name, int piece) => piece == 0 ? name : $"{name}{piece}";

    string Joined() => string.Join(", ", joined.Select((d, i) => $"{OfVisit(d, Arm.Visits)} AS c{i}"));

    int Join(Dimension dimension)
    {
        if (!joined.Contains(dimension)) joined.Add(dimension);
        return joined.IndexOf(dimension);
    }

    string Fill(string sql, Dimension dimension, string at)
    {
        sql = sql.Replace("$at", at, StringComparison.Ordinal);
        if (sql.Contains("$zone")) sql = sql.Replace("$zone", parameters.Add("zone", "String", query.TimeZone), StringComparison.Ordinal);
        return sql.Contains("$prop") ? sql.Replace("$prop", parameters.Text(dimension.Property!), StringComparison.Ordinal) : sql;
    }
}
