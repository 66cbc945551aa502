using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>The table <c>events</c>. Every method throws what the driver throws: an unreachable store is the caller's matter.</summary>
public sealed class EventStore(ClickHouseClient client, BlockWriter writer)
{
    /// <summary>Ids asked for in one statement, so that its text stays under ClickHouse's bound.</summary>
    const int IdsPerQuery = 4000;

    /// <summary>Stores the rows as one block, durably; imported history as one block for eight years.</summary>
    /// <param name="rows">Rows of one chunk, 100,000 and more when history is loaded.</param>
    /// <param name="token">The chunk's id: a repeat with the same token stores nothing twice and completes a half-stored chunk.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task InsertAsync(IReadOnlyCollection<EventRow> rows, string token, CancellationToken cancel)
    {
        foreach (var (number, part) in MonthGroups.Split(rows, r => r.Timestamp))
            await writer.InsertAsync("events", EventColumns.All, part, $"{token}/{number}", cancel);
    }

    /// <summary>What is stored of a chunk, in arrival order.</summary>
    /// <param name="chunkId">The chunk.</param>
    /// <param name="sites">Its sites.</param>
    /// <param name="from">Its earliest event time.</param>
    /// <param name="to">Its latest event time.</param>
    /// <param name="cancel">Ends the query.</param>
    public Task<List<EventRow>> OfChunkAsync(
        Guid chunkId, IEnumerable<int> sites, DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT {EventColumns.Names} FROM events
         WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND timestamp BETWEEN {Literal(from)} AND {Literal(to)} AND chunk_id = {Literal(chunkId)}
         ORDER BY chunk_index
         """, EventReading.Read, cancel);

    /// <summary>All events of some visits, in arrival order: what a visit is computed from.</summary>
    /// <param name="sites">Sites of the visits.</param>
    /// <param name="visits">The visits.</param>
    /// <param name="from">Earliest event time looked at: a visit lasts 24 h at most.</param>
    /// <param name="to">Latest event time looked at.</param>
    /// <param name="cancel">Ends the query.</param>
    public async Task<List<EventRow>> OfVisitsAsync(
        IEnumerable<int> sites, IEnumerable<ulong> visits, DateTime from, DateTime to, CancellationToken cancel)
    {
        var (siteList, rows) = (List(sites), new List<EventRow>());
        foreach (var part in visits.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"""
                 SELECT {EventColumns.Names} FROM events
                 WHERE {EventColumns.Counts} AND site_id IN {siteList} AND timestamp BETWEEN {Literal(from)} AND {Literal(to)} AND visit_id IN {List(part)}
                 ORDER BY received_at, chunk_id, chunk_index
                 """, EventReading.Read, cancel));
        return rows;
    }

    /// <summary>
    /// Events of visits whose snapshot is missing, or lacks their first or last event: who stored them did not get as far.
    /// </summary>
    /// <param name="sites">The sites.</param>
    /// <param name="since">Earliest receipt looked at, UTC.</param>
    /// <param name="cancel">Ends the query.</param>
    public Task<List<EventRow>> AheadOfVisitsAsync(IReadOnlyCollection<int> sites, DateTime since, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT {EventColumns.Names} FROM events
         WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)} AND visit_id IN (
             SELECT e.visit_id FROM (
                 SELECT site_id, visit_id, min(timestamp) AS first, max(timestamp) AS last FROM events
                 WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)} AND visit_id != 0 GROUP BY site_id, visit_id) AS e
             LEFT JOIN (
                 SELECT site_id, visit_id, start, end FROM visits FINAL
                 WHERE site_id IN {List(sites)} AND visit_id IN (
                     SELECT visit_id FROM events WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)})) AS v
             ON e.site_id = v.site_id AND e.visit_id = v.visit_id
             WHERE e.first < v.start OR e.last > v.end)
         """, EventReading.Read, cancel);

    /// <summary>Ids of the events received since a point in time: the memory of duplicates after a take-over.</summary>
    public Task<List<StoredId>> ReceivedSinceAsync(IEnumerable<int> sites, DateTime since, CancellationToken cancel) => client.RowsAsync(
        $"SELECT {StoredId.Columns} FROM events WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)}",
        StoredId.Read, cancel);

    /// <summary>Ids by which the visits of a time are known, in the order in which they were last seen.</summary>
    public Task<List<VisitIds>> IdsSinceAsync(IEnumerable<int> sites, DateTime since, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT {VisitIds.Columns} FROM events WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND timestamp >= {Literal(since)}
         GROUP BY site_id, visit_id, device_id, user_hash, cookieless ORDER BY last_at
         """, VisitIds.Read, cancel);

    /// <summary>Those of the ids that are stored already, received since a point in time.</summary>
    public async Task<List<StoredId>> FindAsync(
        IEnumerable<int> sites, IEnumerable<Guid> ids, DateTime since, CancellationToken cancel)
    {
        var (siteList, found) = (List(sites), new List<StoredId>());
        foreach (var part in ids.Chunk(IdsPerQuery))
            found.AddRange(await client.RowsAsync(
                $"""
                 SELECT {StoredId.Columns} FROM events
                 WHERE {EventColumns.Counts} AND site_id IN {siteList} AND event_id IN {List(part)} AND received_at >= {Literal(since)}
                 """, StoredId.Read, cancel));
        return found;
    }

    /// <summary>When each visitor of the sites was last heard of, bots left out: the live board's memory after a take-over.</summary>
    public Task<List<VisitorHeard>> HeardSinceAsync(IEnumerable<int> sites, DateTime since, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT site_id, visitor_id, max(received_at) FROM events
         WHERE {EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)} AND bot_score < {EventRow.BotThreshold}
         GROUP BY site_id, visitor_id
         """, VisitorHeard.Read, cancel);

    /// <summary>Receipt of a site's newest event since a point in time; null when there is none. How fresh reports are.</summary>
    public async Task<DateTime?> NewestAsync(int siteId, DateTime since, CancellationToken cancel) => (await client.RowsAsync(
        $"SELECT max(received_at) FROM events WHERE {EventColumns.Counts} AND site_id = {siteId} AND received_at >= {Literal(since)} HAVING count() > 0",
        r => (DateTime?)r.Time(), cancel)).SingleOrDefault();
}
