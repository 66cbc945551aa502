using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>The table <c>visits</c>: snapshots, of which the highest version counts.</summary>
public sealed class VisitStore(ClickHouseClient client, BlockWriter writer)
{
    const int IdsPerQuery = 4000;

    /// <summary>Where each id stands in the statement twice.</summary>
    const int IdsPerMergeQuery = 2000;

    public async Task InsertAsync(IReadOnlyCollection<VisitRow> rows, CancellationToken cancel)
    {
        foreach (var (_, part) in MonthGroups.Split(rows, r => r.FirstReceivedAt))
            await writer.InsertAsync("visits", VisitColumns.All, part, token: null, cancel);
    }

    /// <summary>The newest snapshots of all visits of some visitors of a site, tombstones left out.</summary>
    public async Task<List<VisitRow>> OfVisitorsAsync(int siteId, IEnumerable<ulong> visitors, CancellationToken cancel)
    {
        var rows = new List<VisitRow>();
        foreach (var part in visitors.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"SELECT {VisitColumns.Names} FROM visits FINAL WHERE site_id = {siteId} AND visitor_id IN {List(part)} AND merged_into = 0",
                VisitReading.Read, cancel));
        return rows;
    }

    /// <summary>Visitors with a visit that began in a time.</summary>
    public Task<List<ulong>> VisitorsAsync(int siteId, DateTime from, DateTime to, CancellationToken cancel) => client.RowsAsync(
        $"""
         SELECT DISTINCT visitor_id FROM visits FINAL
         WHERE site_id = {siteId} AND start >= {Literal(from)} AND start < {Literal(to)} AND merged_into = 0
         """, r => r.UInt64(), cancel);

    /// <summary>When all visits of some visitors of a site were, tombstones left out.</summary>
    public async Task<List<VisitSpan>> SpansAsync(int siteId, IEnumerable<ulong> visitors, CancellationToken cancel)
    {
        var rows = new List<VisitSpan>();
        foreach (var part in visitors.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"SELECT visitor_id, visit_id, start, end FROM visits FINAL WHERE site_id = {siteId} AND visitor_id IN {List(part)} AND merged_into = 0",
                r => new VisitSpan(siteId, r.UInt64(), r.UInt64(), r.Time(), r.Time()), cancel));
        return rows;
    }

    /// <summary>The latest visits of each of some visitors of a site.</summary>
    public async Task<List<VisitRow>> LatestAsync(int siteId, IEnumerable<ulong> visitors, int ofEach, CancellationToken cancel)
    {
        var rows = new List<VisitRow>();
        foreach (var part in visitors.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"""
                 SELECT {VisitColumns.Names} FROM visits FINAL WHERE site_id = {siteId} AND visitor_id IN {List(part)} AND merged_into = 0
                 ORDER BY start DESC LIMIT {ofEach} BY visitor_id
                 """, VisitReading.Read, cancel));
        return rows;
    }

    /// <summary>Visits whose last event is not older than a point in time: those that may still go on.</summary>
    public Task<List<VisitRow>> EndedSinceAsync(IEnumerable<int> sites, DateTime since, CancellationToken cancel) => client.RowsAsync(
        $"SELECT {VisitColumns.Names} FROM visits FINAL WHERE site_id IN {List(sites)} AND end >= {Literal(since)} AND merged_into = 0",
        VisitReading.Read, cancel);

    /// <summary>The newest snapshots of some visits.</summary>
    public async Task<List<VisitRow>> FindAsync(IEnumerable<int> sites, IEnumerable<ulong> visits, CancellationToken cancel)
    {
        var (siteList, rows) = (List(sites), new List<VisitRow>());
        foreach (var part in visits.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                $"SELECT {VisitColumns.Names} FROM visits FINAL WHERE site_id IN {siteList} AND visit_id IN {List(part)}",
                VisitReading.Read, cancel));
        return rows;
    }

    /// <summary>The newest snapshots of some visits and of those that were merged straight into one of them.</summary>
    /// <param name="sites">Sites of the visits.</param>
    /// <param name="visits">The visits.</param>
    /// <param name="from">Earliest first receipt (UTC) looked at.</param>
    /// <param name="to">Latest first receipt (UTC) looked at.</param>
    /// <param name="cancel">Ends the query.</param>
    public async Task<List<VisitRow>> WithMergedAsync(
        IEnumerable<int> sites, IEnumerable<ulong> visits, DateTime from, DateTime to, CancellationToken cancel)
    {
        var (siteList, rows) = (List(sites), new List<VisitRow>());
        foreach (var part in visits.Chunk(IdsPerMergeQuery))
            rows.AddRange(await client.RowsAsync(
                $"""
                 SELECT {VisitColumns.Names} FROM visits FINAL
                 WHERE site_id IN {siteList} AND first_received_at BETWEEN {Literal(from)} AND {Literal(to)}
                   AND (visit_id IN {List(part)} OR merged_into IN {List(part)})
                 """, VisitReading.Read, cancel));
        return rows;
    }
}
