using ClickHouse.Driver;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A row of <c>events</c>, as far as it is compared.</summary>
sealed record StoredEvent(Guid Id, int SiteId, ulong Visitor, ulong Visit, DateTime At);

/// <summary>The newest snapshot of a visit.</summary>
sealed record StoredVisit(ulong Id, int SiteId, ulong Visitor, ulong MergedInto, DateTime Start, DateTime End, uint PageViews, uint Events);

/// <summary>What ClickHouse holds of some sites.</summary>
sealed record StoredTraffic(IReadOnlyList<StoredEvent> Events, IReadOnlyList<StoredVisit> Visits)
{
    public static async Task<StoredTraffic> ReadAsync(ClickHouseClient client, IEnumerable<FaultSite> sites)
    {
        var list = string.Join(',', sites.Select(s => s.Id));
        return new StoredTraffic(await EventsAsync(client, list), await VisitsAsync(client, list));
    }

    static async Task<List<StoredEvent>> EventsAsync(ClickHouseClient client, string sites)
    {
        var rows = new List<StoredEvent>();
        using var reader = await client.ExecuteReaderAsync($"SELECT event_id, site_id, visitor_id, visit_id, timestamp FROM events WHERE site_id IN ({sites}) AND pending = 0");
        while (reader.Read())
            rows.Add(new StoredEvent(
                reader.GetGuid(0), (int)(uint)reader.GetValue(1), (ulong)reader.GetValue(2), (ulong)reader.GetValue(3), reader.GetDateTime(4)));
        return rows;
    }

    static async Task<List<StoredVisit>> VisitsAsync(ClickHouseClient client, string sites)
    {
        var rows = new List<StoredVisit>();
        using var reader = await client.ExecuteReaderAsync(
            $"SELECT visit_id, site_id, visitor_id, merged_into, start, end, pageviews, events FROM visits FINAL WHERE site_id IN ({sites}) AND merged_into != visit_id");
        while (reader.Read())
            rows.Add(new StoredVisit(
                (ulong)reader.GetValue(0), (int)(uint)reader.GetValue(1), (ulong)reader.GetValue(2), (ulong)reader.GetValue(3),
                reader.GetDateTime(4), reader.GetDateTime(5), (uint)reader.GetValue(6), (uint)reader.GetValue(7)));
        return rows;
    }
}
