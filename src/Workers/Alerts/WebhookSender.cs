using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Sends webhooks that are due, one a transaction; a receiver that hangs holds up its own only.</summary>
public sealed class WebhookSender(IDbContextFactory<SystemDb> databases, WebhookCall call, TimeProvider clock)
{
    const int MostAttempts = 12;
    static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<Guid, bool> underWay = [];

    /// <param name="onlyNew">One that was never tried.</param>
    /// <param name="cancel">Lets go of it, unless the call has begun: that is waited for and written down.</param>
    /// <returns>False when none is due, or others have them all in hand.</returns>
    public async Task<bool> SendNextAsync(bool onlyNew, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        Guid[] busy = [.. underWay.Keys];
        var due = await db.AlertDeliveries.FromSql($"""
            SELECT * FROM alert_deliveries WHERE due_at <= {now} AND target_id <> ALL({busy}) AND (attempts = 0 OR NOT {onlyNew})
            ORDER BY attempts, due_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """).IgnoreQueryFilters().AsTracking().ToListAsync(cancel);
        if (due.Count == 0) return false;
        if (!underWay.TryAdd(due[0].TargetId, true)) return true;
        try
        {
            await TryAsync(db, due[0], cancel);
            // A stop between the receiver's answer and this would send it once more.
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            underWay.TryRemove(due[0].TargetId, out _);
        }
        return true;
    }

    async Task TryAsync(SystemDb db, AlertDelivery delivery, CancellationToken cancel)
    {
        var target = await db.AlertTargets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == delivery.TargetId, cancel);
        delivery.Attempts++;
        try
        {
            if (target is null) throw new WebhookRefusedException("The receiver was removed.", true);
            await call.SendAsync(delivery, target.Secret, CancellationToken.None);
            (delivery.SentAt, delivery.DueAt, delivery.Reason) = (clock.GetUtcNow().UtcDateTime, null, null);
        }
        catch (WebhookRefusedException e)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var isOver = e.IsFinal || delivery.Attempts >= MostAttempts;
            (delivery.Reason, delivery.DueAt, delivery.FailedAt) = (e.Message, isOver ? null : now + Wait(delivery.Attempts), isOver ? now : null);
        }
    }

    static TimeSpan Wait(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, attempts - 1);
        return wait < LongestWait ? wait : LongestWait;
    }
}
