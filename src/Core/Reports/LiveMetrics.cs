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
            SELECT site_id, uniqExactIf(visitor_id, name != 'engagement') AS visitors, uniqExactIf(visit_id, visit_id != 0 AND name != 'engagement') AS visits,
                   countIf(name IN ('pageview', 'screenview')) AS pageviews, countIf(name != 'engagement') AS events, countIf(name = {p.Add("event", "String", eventName)}) AS times
            FROM events WHERE site_id IN ({string.Join(", ", sites.Select((s, n) => p.Add($"site{n}", "UInt32", s)))})
              AND {EventColumns.Counts} AND timestamp >= {p.Time("from", from)} AND timestamp < {p.Time("to", to)} AND bot_score < {EventRow.BotThreshold}
            GROUP BY site_id
            """;
        var rows = await store.RowsAsync(new Plan(sql.ReplaceLineEndings("\n"), p.All, "raw"), cancel);
        return rows.ToDictionary(r => (int)Number(r[0]), r => new SiteCounts(Number(r[1]), Number(r[2]), Number(r[3]), Number(r[4]), Number(r[5])));
    }

    static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
