using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>The table <c>ledger</c>: what became of every event. A row told twice counts once.</summary>
public sealed class LedgerStore(ClickHouseClient client, BlockWriter writer)
{
    /// <summary>Enough to say that something is wrong.</summary>
    const int MostDifferences = 10_000;

    public Task InsertAsync(IReadOnlyCollection<LedgerRow> rows, CancellationToken cancel) =>
        writer.InsertAsync("ledger", LedgerColumns.All, rows, token: null, cancel);

    /// <summary>A site's rows of the minutes from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public Task<List<LedgerRow>> BetweenAsync(int siteId, DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT {LedgerColumns.Names} FROM ledger FINAL
         WHERE site_id = {siteId} AND minute >= {Literal(from)} AND minute < {Literal(to)}
         ORDER BY minute, chunk_id, outcome, reason
         """, LedgerColumns.Read, cancel);

    /// <summary>The same rows added up over <paramref name="stepMinutes"/> minutes each, counted from midnight UTC.</summary>
    public Task<List<LedgerSum>> SumsAsync(int siteId, DateTime from, DateTime to, int stepMinutes, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT toStartOfInterval(minute, INTERVAL {stepMinutes} MINUTE) AS at, outcome, reason, sum(events) FROM ledger FINAL
         WHERE site_id = {siteId} AND minute >= {Literal(from)} AND minute < {Literal(to)}
         GROUP BY at, outcome, reason ORDER BY at, outcome, reason
         """, LedgerSum.Read, cancel);

    /// <summary>Minutes of any site, from <paramref name="from"/> up to and without <paramref name="to"/>, that do not add up or differ from <c>events</c>.</summary>
    public Task<List<LedgerDifference>> DifferencesAsync(DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT site_id, at, sum(received) AS all_received, sum(settled) AS all_settled, sum(stored) AS all_stored, sum(found) AS all_found
         FROM (
             SELECT site_id, minute AS at, sumIf(events, outcome = 'received') AS received, sumIf(events, outcome != 'received') AS settled,
                 sumIf(events, outcome = 'stored') AS stored, toUInt64(0) AS found
             FROM ledger FINAL WHERE minute >= {Literal(from)} AND minute < {Literal(to)} GROUP BY site_id, at
             UNION ALL
             SELECT site_id, toDateTime(toStartOfMinute(received_at), 'UTC') AS at, toUInt64(0), toUInt64(0), toUInt64(0), count()
             FROM events WHERE {EventColumns.Counts} AND received_at >= {Literal(from)} AND received_at < {Literal(to)} GROUP BY site_id, at)
         GROUP BY site_id, at HAVING all_received != all_settled OR all_stored != all_found
         ORDER BY at, site_id LIMIT {MostDifferences}
         """, LedgerDifference.Read, cancel);

    /// <summary>Those of some chunks of which it is known what became of every event.</summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="from">Earliest minute of receipt looked at, UTC.</param>
    /// <param name="cancel">Ends the query.</param>
    public async Task<List<Guid>> SettledAsync(IReadOnlyCollection<Guid> chunks, DateTime from, CancellationToken cancel) =>
        chunks.Count == 0 ? [] : await client.RowsAsync(
            $"""
             SELECT chunk_id FROM ledger FINAL WHERE minute >= {Literal(from)} AND chunk_id IN {List(chunks)}
             GROUP BY chunk_id HAVING sumIf(events, outcome = 'received') = sumIf(events, outcome != 'received')
             """, r => r.Guid(), cancel);
}
