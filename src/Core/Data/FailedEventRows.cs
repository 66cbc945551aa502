using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Data;

/// <summary>One event to keep as failed; the site says whose it is.</summary>
public sealed record FailedEventRow(int SiteId, int Place, Guid EventId, string Name, string Reason, string Details, DateTime ReceivedAt, byte[] Payload);

/// <summary>Writes failed events of a chunk; again writes nothing. Those of sites that are gone are left out.</summary>
public static class FailedEventRows
{
    public static async Task KeepAsync(SystemDb db, Guid chunkId, IReadOnlyCollection<FailedEventRow> rows, CancellationToken cancel)
    {
        T[] Of<T>(Func<FailedEventRow, T> value) => [.. rows.Select(value)];
        Guid[] ids = Of(_ => Guid.CreateVersion7());
        var (sites, places, events) = (Of(r => r.SiteId), Of(r => r.Place), Of(r => r.EventId));
        var (names, reasons, details) = (Of(r => r.Name), Of(r => r.Reason), Of(r => r.Details));
        var (times, payloads) = (Of(r => r.ReceivedAt), Of(r => r.Payload));
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO failed_events (id, tenant_id, site_id, chunk_id, place, event_id, name, reason, details, received_at, payload)
            SELECT r.id, sites.tenant_id, r.site_id, {chunkId}, r.place, r.event_id, r.name, r.reason, r.details, r.received_at, r.payload
            FROM unnest({ids}, {sites}, {places}, {events}, {names}, {reasons}, {details}, {times}, {payloads})
                AS r (id, site_id, place, event_id, name, reason, details, received_at, payload)
            JOIN sites ON sites.id = r.site_id
            ON CONFLICT (chunk_id, place) DO NOTHING
            """, cancel);
    }
}
