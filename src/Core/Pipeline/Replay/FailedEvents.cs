using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Pipeline.Replay;

/// <summary>A failed event as its owner sees it. Times are UTC.</summary>
public sealed record FailedEventSummary(
    Guid Id, Guid EventId, string Name, string Reason, string Details, DateTime ReceivedAt, DateTime? ReplayedAt);

/// <summary>Events of a site that were dropped as invalid, and their way back.</summary>
public sealed class FailedEvents(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    /// <summary>Most events replayed at once, as many as a chunk holds.</summary>
    public const int MostAtOnce = 5000;

    /// <summary>Age from which failed events are forgotten.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Failed events kept of one site, the newest ones.</summary>
    public const int KeptPerSite = 10_000;

    /// <summary>The newest first, at most <paramref name="count"/>.</summary>
    public async Task<List<FailedEventSummary>> NewestAsync(AuthorizedSite site, int count, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.FailedEvents.Where(e => e.SiteId == site.Id && e.TenantId == site.TenantId)
            .OrderByDescending(e => e.ReceivedAt).Take(count)
            .Select(e => new FailedEventSummary(e.Id, e.EventId, e.Name, e.Reason, e.Details, e.ReceivedAt, e.ReplayedAt)).ToListAsync(cancel);
    }

    /// <summary>
    /// Sends events through the pipeline again, as a new chunk with their own ids and times. They are received once more: in
    /// the ledger they count in the minute of the replay, while that of their first receipt keeps them as invalid.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="ids">Of <see cref="FailedEventSummary"/>; null for the oldest <see cref="MostAtOnce"/> that were not replayed yet.</param>
    /// <param name="cancel">Gives up; then nothing is replayed.</param>
    /// <returns>How many are on their way; those replayed before are left out.</returns>
    public async Task<int> ReplayAsync(AuthorizedSite site, IReadOnlyCollection<Guid>? ids, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var events = await db.FailedEvents.FromSql($"SELECT * FROM failed_events WHERE site_id = {site.Id} AND tenant_id = {site.TenantId} AND replayed_at IS NULL FOR UPDATE")
            .AsTracking().Where(e => ids == null || ids.Contains(e.Id)).OrderBy(e => e.ReceivedAt).Take(MostAtOnce).ToListAsync(cancel);
        if (events.Count == 0) return 0;
        var now = clock.GetUtcNow().UtcDateTime;
        events.ForEach(e => e.ReplayedAt = now);
        db.Add(new ChunkReplay
        {
            ChunkId = Guid.CreateVersion7(clock.GetUtcNow()), SiteId = site.Id, Events = events.Count, RequestedAt = now,
            Payload = ChunkPayload.Write([.. events.Select(e => (e.SiteId, now, (ReadOnlyMemory<byte>)e.Payload))]),
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return events.Count;
    }

    /// <summary>Forgets what is over the bounds of age and number.</summary>
    public async Task TrimAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM failed_events WHERE received_at < {clock.GetUtcNow().UtcDateTime - Kept}", cancel);
        await db.Database.ExecuteSqlAsync($"""
            DELETE FROM failed_events USING (
                SELECT id, row_number() OVER (PARTITION BY site_id ORDER BY received_at DESC, id DESC) AS place FROM failed_events) AS numbered
            WHERE failed_events.id = numbered.id AND numbered.place > {KeptPerSite}
            """, cancel);
    }
}
