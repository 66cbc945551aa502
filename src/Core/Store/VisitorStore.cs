using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>The table <c>visitors</c>: snapshots, of which the highest version counts.</summary>
public sealed class VisitorStore(ClickHouseClient client, BlockWriter writer)
{
    const int IdsPerQuery = 4000;

    public Task InsertAsync(IReadOnlyCollection<VisitorRow> rows, CancellationToken cancel) =>
        writer.InsertAsync("visitors", VisitorColumns.All, rows, token: null, cancel);

    /// <summary>Those of the visitors that are known.</summary>
    public async Task<List<VisitorRow>> FindAsync(IEnumerable<int> sites, IEnumerable<ulong> visitors, CancellationToken cancel)
    {
        var (siteList, rows) = (List(sites), new List<VisitorRow>());
        foreach (var part in visitors.Chunk(IdsPerQuery))
            rows.AddRange(await client.RowsAsync(
                // PREWHERE, which FINAL does not choose by itself: most of those asked for are new, and nothing but keys is read for them.
                $"SELECT {VisitorColumns.Names} FROM visitors FINAL PREWHERE site_id IN {siteList} AND visitor_id IN {List(part)}",
                VisitorColumns.Read, cancel));
        return rows;
    }
}
