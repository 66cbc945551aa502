using System.Globalization;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Reports;

/// <summary>What happened on one site in a short time, bots left out.</summary>
/// <param name="EventCount">Times the event that was asked for happened.</param>
public sealed record SiteCounts(long Visitors, long Visits, long Pageviews, long Events, long EventCount)
{
    public static readonly SiteCounts None = new(0, 0, 0, 0, 0);
}

/// <summary>Counts many sites at once, for alert rules about numbers: the workers ask for sites of several tenants, and show nobody the answer.</summary>
public sealed class LiveMetrics(ReportStore store)
{
    const string Counts = """
        uniqExactIf(visitor_id, name != 'engagement') AS visitors, uniqExactIf(visit_id, visit_id != 0 AND name != 'engagement') AS visits,
               countIf(name IN ('pageview', 'screenview')) AS pageviews, countIf(name != 'engagement') AS events
        """;

    /// <param name="sites">The sites.</param>
    /// <param name="from">Start, UTC.</param>
    /// <param name="to">End, UTC, not included.</param>
    /// <param name="eventName">Counted besides; empty: none.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>By site; sites without any event are missing.</returns>
    public async Task<IReadOnlyDictionary<int, SiteCounts>> CountAsync(IEnumerable<int> sites, DateTime from, DateTime to, string eventName, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var sql = $"""
            SELECT site_id, {Counts}, countIf(name = {p.Add("event", "String", eventName)}) AS times
            FROM events WHERE {OfSites(p, sites)} AND timestamp >= {p.Time("from", from)} AND timestamp < {p.Time("to", to)}
            GROUP BY site_id
            """;
        var rows = await RowsAsync(sql, p, cancel);
        return rows.ToDictionary(r => (int)Number(r[0]), r => Read(r, 1));
    }

    /// <summary>The same by full hours of UTC, for some stretches of time.</summary>
    /// <returns>By site and start of the hour; hours without any event are missing.</returns>
    public async Task<IReadOnlyDictionary<(int SiteId, DateTime Hour), SiteCounts>> HoursAsync(
        IEnumerable<int> sites, IEnumerable<(DateTime From, DateTime To)> times, string eventName, CancellationToken cancel)
    {
        var p = new SqlParameters();
        var sql = $"""
            SELECT site_id, toUnixTimestamp(toStartOfHour(timestamp)) AS hour, {Counts}, countIf(name = {p.Add("event", "String", eventName)}) AS times
            FROM events WHERE {OfSites(p, sites)}
              AND ({string.Join(" OR ", times.Select((t, n) => $"timestamp >= {p.Time($"from{n}", t.From)} AND timestamp < {p.Time($"to{n}", t.To)}"))})
            GROUP BY site_id, hour
            """;
        var rows = await RowsAsync(sql, p, cancel);
        return rows.ToDictionary(r => ((int)Number(r[0]), DateTimeOffset.FromUnixTimeSeconds(Number(r[1])).UtcDateTime), r => Read(r, 2));
    }

    static string OfSites(SqlParameters p, IEnumerable<int> sites) =>
        $"site_id IN ({string.Join(", ", sites.Select((s, n) => p.Add($"site{n}", "UInt32", s)))}) AND {EventColumns.Counts} AND bot_score < {EventRow.BotThreshold}";

    Task<List<object[]>> RowsAsync(string sql, SqlParameters parameters, CancellationToken cancel) =>
        store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), parameters.All, "raw"), cancel);

    static SiteCounts Read(object[] r, int at) => new(Number(r[at]), Number(r[at + 1]), Number(r[at + 2]), Number(r[at + 3]), Number(r[at + 4]));

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
