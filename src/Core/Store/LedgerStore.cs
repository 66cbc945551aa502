using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>The table <c>ledger</c>: what became of every event. A row told twice counts once.</summary>
public sealed class LedgerStore(ClickHouseClient client, BlockWriter writer)
{
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
}
