using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>Reads the events of people and corrects which visit and visitor they belong to; nothing else of an event ever changes.</summary>
public sealed class EventCorrections(ClickHouseClient client, EventStore events)
{
    /// <summary>Events named in one statement, so that its text stays under ClickHouse's bound.</summary>
    const int EventsPerStatement = 1500;
    const int IdsPerQuery = 2000;
    const string Place = "concat(toString(chunk_id), ':', toString(chunk_index))";

    /// <summary>All events of some ids of a site in a time: taken for one of them, or with one of them as the cookieless hash.</summary>
    public async Task<List<EventRow>> OfPeopleAsync(
        int siteId, IEnumerable<ulong> ids, DateTime from, DateTime to, CancellationToken cancel)
    {
        var rows = new List<EventRow>();
        foreach (var part in ids.Chunk(IdsPerQuery))
            foreach (var column in (string[])["visitor_id", "cookieless_id"])
                rows.AddRange(await client.RowsAsync(
                    $"""
                     SELECT {EventColumns.Names} FROM events
                     WHERE site_id = {siteId} AND timestamp BETWEEN {Literal(from)} AND {Literal(to)} AND {column} IN {List(part)}
                     """, EventReading.Read, cancel));
        return [.. rows.DistinctBy(r => (r.ChunkId, r.ChunkIndex, r.VisitorId))];
    }

    /// <summary>Visitors with an event in a time.</summary>
    public Task<List<ulong>> VisitorsAsync(int siteId, DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT DISTINCT visitor_id FROM events
         WHERE site_id = {siteId} AND timestamp >= {Literal(from)} AND timestamp < {Literal(to)} AND visitor_id != 0
         """, r => r.UInt64(), cancel);

    /// <summary>Gives events the visit they name; ends when reports see it. Doing it again changes nothing.</summary>
    public async Task RelabelAsync(IEnumerable<EventRow> rows, CancellationToken cancel)
    {
        foreach (var month in rows.GroupBy(r => r.Timestamp.ToString("yyyyMM", System.Globalization.CultureInfo.InvariantCulture)))
            foreach (var part in month.Chunk(EventsPerStatement))
                await client.ExecuteNonQueryAsync(
                    $"""
                     ALTER TABLE events UPDATE visit_id = transform({Place}, {Places(part)}, [{string.Join(',', part.Select(r => r.VisitId))}], visit_id)
                     IN PARTITION ID '{month.Key}' WHERE {Where(part)} SETTINGS mutations_sync = 1
                     """, cancellationToken: cancel);
    }

    /// <summary>
    /// Gives events the visitor and visit they name. The visitor is part of the table's key, so that a corrected copy takes
    /// the place of each: for a moment both are there, and what a crash leaves double the next repair sees and ends.
    /// </summary>
    /// <param name="rows">The events as they must be.</param>
    /// <param name="token">One of its own for each attempt.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task MoveAsync(IReadOnlyCollection<EventRow> rows, string token, CancellationToken cancel)
    {
        foreach (var (part, number) in rows.Chunk(EventsPerStatement).Select((p, i) => (p, i)))
        {
            var there = await CopiesAsync(part, cancel);
            await events.InsertAsync([.. part.Where(r => !there.Contains(Key(r)))], $"{token}-{number}", cancel);
            there = await CopiesAsync(part, cancel);
            if (!part.All(r => there.Contains(Key(r))))
                throw new InvalidOperationException("A corrected copy of an event is not there; the event is kept as it is.");
            await client.ExecuteNonQueryAsync(
                $"""
                 DELETE FROM events WHERE {Where(part)}
                     AND visitor_id != transform({Place}, {Places(part)}, [{string.Join(',', part.Select(r => r.VisitorId))}], visitor_id)
                 """, cancellationToken: cancel);
        }
        await RelabelAsync(rows, cancel);
    }

    static (Guid, int, ulong) Key(EventRow r) => (r.ChunkId, r.ChunkIndex, r.VisitorId);

    async Task<HashSet<(Guid, int, ulong)>> CopiesAsync(IReadOnlyCollection<EventRow> rows, CancellationToken cancel) => [.. await client.RowsAsync(
        $"SELECT chunk_id, chunk_index, visitor_id FROM events WHERE {Where(rows)}", r => (r.Guid(), (int)r.UInt16(), r.UInt64()), cancel)];

    static string Where(IReadOnlyCollection<EventRow> rows) =>
        $"""
         site_id IN {List(rows.Select(r => r.SiteId).Distinct())}
         AND timestamp BETWEEN {Literal(rows.Min(r => r.Timestamp))} AND {Literal(rows.Max(r => r.Timestamp))}
         AND chunk_id IN {List(rows.Select(r => r.ChunkId).Distinct())} AND {Place} IN {Places(rows)}
         """;

    static string Places(IEnumerable<EventRow> rows) => $"[{string.Join(',', rows.Select(r => $"'{r.ChunkId:D}:{r.ChunkIndex}'"))}]";
}
