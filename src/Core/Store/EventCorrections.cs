using System.Globalization;
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
                     WHERE {EventColumns.Counts} AND site_id = {siteId} AND timestamp BETWEEN {Literal(from)} AND {Literal(to)} AND {column} IN {List(part)}
                     """, EventReading.Read, cancel));
        return [.. rows.DistinctBy(r => (r.ChunkId, r.ChunkIndex, r.VisitorId))];
    }

    /// <summary>Events of some UTC days that are taken for one of the visitors.</summary>
    public async Task<List<EventRow>> OfDaysAsync(
        int siteId, IEnumerable<ulong> visitors, IReadOnlyCollection<DateOnly> days, CancellationToken cancel)
    {
        var rows = new List<EventRow>();
        var list = string.Join(',', days.Select(d => $"'{d:yyyy-MM-dd}'"));
        foreach (var part in visitors.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"""
                 SELECT {EventColumns.Names} FROM events
                 WHERE {EventColumns.Counts} AND site_id = {siteId} AND toDate(timestamp) IN ({list}) AND visitor_id IN {List(part)}
                 """, EventReading.Read, cancel));
        return rows;
    }

    /// <summary>Visitors of events since a time that came with one of the ids as user or device.</summary>
    public async Task<List<ulong>> OwnersAsync(int siteId, IEnumerable<ulong> ids, DateTime since, CancellationToken cancel)
    {
        var owners = new List<ulong>();
        foreach (var part in ids.Chunk(IdsPerQuery))
            owners.AddRange(await client.RowsAsync(
                $"""
                 SELECT DISTINCT visitor_id FROM events
                 WHERE {EventColumns.Counts} AND site_id = {siteId} AND timestamp >= {Literal(since)} AND (device_id IN {List(part)} OR user_hash IN {List(part)})
                 """, r => r.UInt64(), cancel));
        return owners;
    }

    /// <summary>Visitors with an event in a time.</summary>
    public Task<List<ulong>> VisitorsAsync(int siteId, DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT DISTINCT visitor_id FROM events
         WHERE {EventColumns.Counts} AND site_id = {siteId} AND timestamp >= {Literal(from)} AND timestamp < {Literal(to)} AND visitor_id != 0
         """, r => r.UInt64(), cancel);

    /// <summary>Gives events the visit they name; ends when reports see it. Doing it again changes nothing.</summary>
    public async Task RelabelAsync(IEnumerable<EventRow> rows, CancellationToken cancel)
    {
        foreach (var month in ByMonth(rows))
            foreach (var part in month.Chunk(EventsPerStatement))
                await client.ExecuteNonQueryAsync(
                    $"""
                     ALTER TABLE events UPDATE visit_id = transform({Place}, {Places(part)}, [{string.Join(',', part.Select(r => r.VisitId))}], visit_id)
                     IN PARTITION ID '{month.Key}' WHERE {Where(part)} SETTINGS mutations_sync = 1
                     """, cancellationToken: cancel);
    }

    /// <summary>
    /// Gives events the visitor and visit they name. The visitor is part of the table's key, so that a corrected copy takes
    /// the place of each: it counts nowhere until one statement deletes the events and lets the copies count. What a crash leaves
    /// before that is as if it had not begun; after it ClickHouse ends by itself what it has taken on.
    /// </summary>
    /// <param name="rows">The events as they must be.</param>
    /// <param name="attempt">One of its own for each attempt, never 0: others' copies are left alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task MoveAsync(IReadOnlyCollection<EventRow> rows, ulong attempt, CancellationToken cancel)
    {
        foreach (var month in ByMonth(rows))
            foreach (var (part, number) in month.Chunk(EventsPerStatement).Select((p, i) => (p, i)))
            {
                await CopyAsync(part, attempt, number, cancel);
                await PublishAsync(part, attempt, cancel);
            }
    }

    /// <summary>Stores the copies, which do not count yet.</summary>
    public async Task CopyAsync(IReadOnlyCollection<EventRow> rows, ulong attempt, int number, CancellationToken cancel)
    {
        var month = rows.First().Timestamp;
        await events.InsertAsync([.. rows.Select(r => r with { RepairId = attempt, IsPending = true })], $"copy-{attempt}-{month:yyyyMM}-{number}", cancel);
        var there = await client.RowsAsync($"SELECT count() FROM events WHERE {Where(rows)} AND repair_id = {attempt}", r => r.UInt64(), cancel);
        if (there.Single() != (ulong)rows.Count)
            throw new InvalidOperationException("A corrected copy of an event is not there; the events are kept as they are.");
    }

    /// <summary>Puts copies in the place of their events; of one month. Each part of the table changes at once, all of them within moments.</summary>
    public Task PublishAsync(IReadOnlyCollection<EventRow> rows, ulong attempt, CancellationToken cancel) => client.ExecuteNonQueryAsync(
        $"""
         ALTER TABLE events
             UPDATE _row_exists = 0 IN PARTITION ID '{Month(rows.First())}' WHERE {Where(rows)} AND {EventColumns.Counts} AND repair_id != {attempt},
             UPDATE pending = 0 IN PARTITION ID '{Month(rows.First())}' WHERE {Where(rows)} AND repair_id = {attempt}
         SETTINGS mutations_sync = 1
         """, cancellationToken: cancel);

    /// <summary>Deletes copies of attempts that ended before a time without putting them in their place.</summary>
    public Task ForgetCopiesAsync(DateTime before, CancellationToken cancel) => client.ExecuteNonQueryAsync(
        $"DELETE FROM events WHERE pending = 1 AND repair_id < {Attempt(before)}", cancellationToken: cancel);

    /// <summary>The number of an attempt that begins at a time, unlike any other's.</summary>
    public static ulong NewAttempt(DateTime now) => Attempt(now) + (ulong)Random.Shared.Next(1, 1 << 20);

    static ulong Attempt(DateTime at) => (ulong)(at - DateTime.UnixEpoch).TotalMilliseconds << 20;

    static IEnumerable<IGrouping<string, EventRow>> ByMonth(IEnumerable<EventRow> rows) => rows.GroupBy(Month);

    /// <summary>The month partition of an event.</summary>
    static string Month(EventRow row) => row.Timestamp.ToString("yyyyMM", CultureInfo.InvariantCulture);

    static string Where(IReadOnlyCollection<EventRow> rows) =>
        $"""
         site_id IN {List(rows.Select(r => r.SiteId).Distinct())}
         AND timestamp BETWEEN {Literal(rows.Min(r => r.Timestamp))} AND {Literal(rows.Max(r => r.Timestamp))}
         AND chunk_id IN {List(rows.Select(r => r.ChunkId).Distinct())} AND {Place} IN {Places(rows)}
         """;

    static string Places(IEnumerable<EventRow> rows) => $"[{string.Join(',', rows.Select(r => $"'{r.ChunkId:D}:{r.ChunkIndex}'"))}]";
}
