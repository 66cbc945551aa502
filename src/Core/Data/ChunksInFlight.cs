using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Data;

/// <summary>Events of one site received in one minute (UTC) that are in chunks neither Done nor Quarantined.</summary>
public sealed record EventsInFlight(int SiteId, DateTime Minute, long Events);

/// <summary>Measures what is in flight, from the sagas of the chunks and not by subtraction.</summary>
public sealed class ChunksInFlight(IDbContextFactory<SystemDb> databases)
{
    /// <param name="from">First minute of receipt, UTC.</param>
    /// <param name="to">The minute after the last, UTC.</param>
    /// <param name="siteId">One site; null for all.</param>
    /// <param name="cancel">Ends the query.</param>
    public async Task<List<EventsInFlight>> BetweenAsync(DateTime from, DateTime to, int? siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Database.SqlQuery<EventsInFlight>($"""
            SELECT site_id, minute, sum(received - dropped)::bigint AS events
            FROM (
                SELECT (c ->> 'SiteId')::int AS site_id, (c ->> 'Minute')::timestamptz AS minute, (c ->> 'Received')::bigint AS received,
                    (SELECT coalesce(sum((d ->> 'Count')::bigint), 0) FROM jsonb_array_elements(c -> 'Dropped') AS d) AS dropped
                FROM pipeline.chunks, jsonb_array_elements(counts) AS c
                WHERE finished_at IS NULL AND sealed_at IS NOT NULL) AS counted
            WHERE minute >= {from} AND minute < {to} AND (site_id = {siteId} OR {siteId}::int IS NULL)
            GROUP BY site_id, minute
            """).ToListAsync(cancel);
    }
}
