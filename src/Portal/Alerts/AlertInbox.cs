using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>A delivery and, of a mail, what became of it.</summary>
public sealed record DeliveryState(AlertDelivery Delivery, OutboxMail? Mail)
{
    public DateTime? SentAt => Mail?.SentAt ?? Delivery.SentAt;

    public string Words => SentAt is not null ? "sent" : (Mail?.FailedAt ?? Delivery.FailedAt) is not null ? "failed" : "waits";

    public string Reason => SentAt is not null ? "" : Mail?.LastError ?? Delivery.Reason ?? "";

    public int Attempts => Mail?.Attempts ?? Delivery.Attempts;
}

/// <summary>The tenant's alerts over all of its sites, and what members do with them.</summary>
public sealed class AlertInbox(AnalyticsDb db, CurrentMember current, TimeProvider time)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<(Alert Alert, string Domain)>> PageAsync(string state, int page, CancellationToken cancel)
    {
        var rows = await (from a in db.Alerts.AsNoTracking() join s in db.Sites.AsNoTracking() on a.SiteId equals s.Id where a.State == state
                          orderby a.OpenedAt descending, a.Id select new { a, s.Domain }).Skip(page * PageSize).Take(PageSize + 1).ToListAsync(cancel);
        return [.. rows.Select(r => (r.a, r.Domain))];
    }

    public async Task<IReadOnlyDictionary<string, int>> CountsAsync(CancellationToken cancel) =>
        await db.Alerts.GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    public Task<Alert?> FindAsync(Guid id, CancellationToken cancel) => db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);

    public async Task<IReadOnlyList<AlertNote>> NotesAsync(Guid id, CancellationToken cancel) =>
        await db.AlertNotes.AsNoTracking().Where(n => n.AlertId == id).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<DeliveryState>> DeliveriesAsync(Guid id, CancellationToken cancel)
    {
        var deliveries = await db.AlertDeliveries.AsNoTracking().Where(d => d.AlertId == id).OrderBy(d => d.Address).ToListAsync(cancel);
        var ids = deliveries.Select(d => d.Id).ToList();
        var mails = await db.Outbox.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        return [.. deliveries.Select(d => new DeliveryState(d, mails.GetValueOrDefault(d.Id)))];
    }

    /// <summary>Moves alerts on, with a line in their history; those that are there already stay as they are.</summary>
    public async Task<int> SetAsync(IReadOnlyCollection<Guid> ids, string state, CancellationToken cancel)
    {
        if (!AlertStates.All.Contains(state)) return 0;
        var now = time.GetUtcNow().UtcDateTime;
        var by = await db.Users.Where(u => u.Id == current.Member.UserId).Select(u => u.Email).SingleAsync(cancel) ?? "";
        var alerts = await db.Alerts.AsTracking().Where(a => ids.Contains(a.Id) && a.State != state).ToListAsync(cancel);
        foreach (var alert in alerts)
        {
            (alert.State, alert.ChangedAt) = (state, now);
            db.AlertNotes.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = now, By = by, What = Words(state) });
        }
        await AlertFollowUps.AddAsync(db, alerts, now, cancel);
        await db.SaveChangesAsync(cancel);
        return alerts.Count;
    }

    /// <summary>Sends what was not sent once more; what was sent is not sent again.</summary>
    public async Task<bool> ResendAsync(Guid alertId, Guid deliveryId, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var delivery = await db.AlertDeliveries.AsTracking().SingleOrDefaultAsync(d => d.Id == deliveryId && d.AlertId == alertId, cancel);
        if (delivery is null) return false;
        if (delivery.Body.Length > 0) (delivery.DueAt, delivery.FailedAt, delivery.SentAt, delivery.Attempts) = (now, null, null, 0);
        await db.SaveChangesAsync(cancel);
        return delivery.Body.Length > 0 || await db.Outbox.Where(m => m.Id == deliveryId && m.SentAt == null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, now).SetProperty(x => x.FailedAt, (DateTime?)null), cancel) > 0;
    }

    static string Words(string state) => state switch
    {
        AlertStates.Open => "Opened again", AlertStates.Acknowledged => "Acknowledged", AlertStates.Muted => "Muted: more of the same is kept without telling anybody", _ => "Resolved",
    };
}
