using System.Globalization;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <param name="Site">Whose events.</param>
/// <param name="Range">When they happened.</param>
public sealed record EventQuestion(AuthorizedSite Site, TimeRange Range)
{
    public IReadOnlyList<EventTerm> Terms { get; init; } = [];
    public int Limit { get; init; } = 50;

    /// <summary>The last event seen; older ones follow.</summary>
    public EventPlace? Before { get; init; }
}

/// <summary>Where an event stands in the order of a search.</summary>
public readonly record struct EventPlace(DateTime At, Guid Id);

/// <summary>An event in a list.</summary>
public sealed record FoundEvent(Guid Id, DateTime At, string Name, string Host, string Path, string Country, string Source, string Browser, string Device, bool Bot);

/// <summary>Everything that is kept of one event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Values">By the name of their <see cref="EventField"/>.</param>
/// <param name="Props">Its own properties.</param>
public sealed record EventRecord(Guid Id, DateTime At, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Props);

/// <summary>Events themselves, newest first. Recent days are looked through before older ones, so that a page is there soon.</summary>
public sealed class EventSearch(ReportStore store)
{
    const int Growth = 4;
    static readonly TimeSpan FirstWindow = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<FoundEvent>> FindAsync(EventQuestion question, CancellationToken cancel)
    {
        var found = new List<FoundEvent>();
        var to = question.Before is { } place && place.At < question.Range.To ? place.At.AddMilliseconds(1) : question.Range.To;
        var window = FirstWindow;
        while (to > question.Range.From && found.Count < question.Limit)
        {
            var from = to - question.Range.From > window ? to - window : question.Range.From;
            var rows = await store.RowsAsync(ListPlan(question, new TimeRange(from, to), question.Limit - found.Count), cancel);
            found.AddRange(rows.Select(Row));
            (to, window) = (from, window * Growth);
        }
        return found;
    }

    /// <returns>Null where the site has no such event in the range.</returns>
    public async Task<EventRecord?> OneAsync(AuthorizedSite site, TimeRange range, Guid id, CancellationToken cancel)
    {
        var parameters = new SqlParameters();
        var columns = string.Join(", ", EventFields.All.Select((f, i) => $"{f.Sql} AS c{i}"));
        var sql = $"""
            SELECT e.timestamp, mapKeys(e.props), mapValues(e.props), {columns}
            FROM events AS e
            WHERE {Within(site, range, parameters)} AND e.event_id = {parameters.Add("id", "UUID", id)}
            LIMIT 1
            """;
        var rows = await store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw"), cancel);
        return rows is [var row] ? Record(id, row) : null;
    }

    static EventRecord Record(Guid id, object[] row)
    {
        const int before = 3;
        var keys = ((Array)row[1]).Cast<object>().Select(k => k.ToString()!);
        var values = ((Array)row[2]).Cast<object>().Select(v => v.ToString()!);
        return new EventRecord(id, Utc(row[0]), EventFields.All.Select((f, i) => KeyValuePair.Create(f.Name, Text(row[before + i]))).ToDictionary(),
            keys.Zip(values).ToDictionary(p => p.First, p => p.Second));
    }

    static Plan ListPlan(EventQuestion question, TimeRange range, int limit)
    {
        var parameters = new SqlParameters();
        List<string> conditions = [Within(question.Site, range, parameters), .. question.Terms.Select(t => EventTermSql.Of(t, parameters))];
        if (!question.Terms.Any(t => t.Field?.StartsWith("bot", StringComparison.OrdinalIgnoreCase) == true)) conditions.Add($"e.bot_score < {EventRow.BotThreshold}");
        if (question.Before is { } place)
            conditions.Add($"(e.timestamp, e.event_id) < ({parameters.Time("before", place.At)}, {parameters.Add("before_id", "UUID", place.Id)})");
        var sql = $"""
            SELECT e.event_id, e.timestamp, e.name, e.hostname, e.path, e.country, e.source, e.browser, e.device_type, e.bot_score >= {EventRow.BotThreshold}
            FROM events AS e
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY e.timestamp DESC, e.event_id DESC
            LIMIT {limit}
            """;
        return new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw");
    }

    static string Within(AuthorizedSite site, TimeRange range, SqlParameters parameters) =>
        $"e.site_id = {parameters.Add("site", "UInt32", site.Id)} AND e.{EventColumns.Counts} AND e.timestamp >= {parameters.Time("from", range.From)} AND e.timestamp < {parameters.Time("to", range.To)}";

    static FoundEvent Row(object[] row) => new(
        (Guid)row[0], Utc(row[1]), Text(row[2]), Text(row[3]), Text(row[4]), Text(row[5]), Text(row[6]), Text(row[7]), Text(row[8]),
        Convert.ToInt32(row[9], CultureInfo.InvariantCulture) != 0);

    static DateTime Utc(object value) => value is DateTimeOffset offset ? offset.UtcDateTime : DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc);

    static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
