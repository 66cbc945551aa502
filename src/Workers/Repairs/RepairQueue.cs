using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>The visitors whose visits must be made again, in PostgreSQL.</summary>
public sealed class RepairQueue(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    const int RowsPerStatement = 1000;

    /// <summary>Adds to what waits. To be done before the events in doubt are stored, so that no crash forgets them.</summary>
    public async Task RecordAsync(IReadOnlyCollection<VisitRepair> repairs, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var part in repairs.OrderBy(r => (r.SiteId, r.VisitorId)).Chunk(RowsPerStatement))
        {
            int[] sites = [.. part.Select(r => r.SiteId)];
            long[] visitors = [.. part.Select(r => (long)r.VisitorId)];
            string[] ids = [.. part.Select(r => $"{{{string.Join(',', r.Ids.Select(id => (long)id))}}}")];
            DateTime[] first = [.. part.Select(r => r.From)];
            DateTime[] last = [.. part.Select(r => r.To)];
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO pipeline.visit_repairs AS w (site_id, visitor_id, ids, first_at, last_at)
                SELECT site_id, visitor_id, ids::bigint[], first_at, last_at
                FROM unnest({sites}, {visitors}, {ids}, {first}, {last}) AS r (site_id, visitor_id, ids, first_at, last_at)
                ON CONFLICT (site_id, visitor_id) DO UPDATE SET
                    ids = ARRAY(SELECT DISTINCT unnest(w.ids || excluded.ids)), stamp = excluded.stamp,
                    first_at = least(w.first_at, excluded.first_at), last_at = greatest(w.last_at, excluded.last_at)
                """, cancel);
        }
    }

    /// <summary>Some that wait for sites, those of one site and time together.</summary>
    public async Task<List<WaitingRepair>> NextAsync(IReadOnlyCollection<int> sites, int count, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.VisitRepairs.AsNoTracking().Where(r => sites.Contains(r.SiteId))
            .OrderBy(r => r.SiteId).ThenBy(r => r.FirstAt).Take(count).ToListAsync(cancel);
    }

    /// <summary>Deletes what is done, unless more was added since it was read.</summary>
    public async Task DoneAsync(IReadOnlyCollection<WaitingRepair> repairs, CancellationToken cancel)
    {
        Guid[] stamps = [.. repairs.Select(r => r.Stamp)];
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.VisitRepairs.Where(r => stamps.Contains(r.Stamp)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Says that sums of these days, given in UTC, must be made again: of every day of the site's zone that they touch.</summary>
    public async Task MarkDirtyAsync(IReadOnlyCollection<(int SiteId, DateOnly Day)> days, CancellationToken cancel)
    {
        if (days.Count == 0) return;
        int[] sites = [.. days.Select(d => d.SiteId)];
        DateOnly[] dates = [.. days.Select(d => d.Day)];
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.dirty_days (site_id, day, marked_at)
            SELECT DISTINCT d.site_id, (at AT TIME ZONE s.time_zone)::date AS of_site, {now}
            FROM unnest({sites}, {dates}) AS d (site_id, day) JOIN sites AS s ON s.id = d.site_id,
                unnest(ARRAY[d.day::timestamp AT TIME ZONE 'UTC', (d.day + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 ms']) AS at
            ORDER BY d.site_id, of_site
            ON CONFLICT (site_id, day) DO UPDATE SET marked_at = excluded.marked_at
            """, cancel);
    }
}
