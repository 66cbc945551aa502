using ClickHouse.Driver;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Workers;

static class StoredRows
{
    /// <summary>Every stored event of a site, read through the product's own read-back.</summary>
    public static async Task<List<EventRow>> RowsOfSiteAsync(this ClickHouseClient client, int siteId)
    {
        var visits = new List<ulong>();
        using (var reader = await client.ExecuteReaderAsync($"SELECT DISTINCT visit_id FROM events WHERE site_id = {siteId}"))
            while (reader.Read()) visits.Add(reader.GetUInt64(0));
        return visits.Count == 0 ? [] : await new EventStore(client, new BlockWriter(client))
            .OfVisitsAsync([siteId], visits, DateTime.UnixEpoch.AddYears(50), DateTime.UtcNow.AddYears(1), default);
    }
}
