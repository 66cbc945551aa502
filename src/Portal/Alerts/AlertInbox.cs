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

    public bool MayChange => SiteRuleBook.MayChange(current.Member);

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
        if (!MayChange || !AlertStates.All.Contains(state)) return 0;
        var now = time.GetUtcNow().UtcDateTime;
        var by = await db.Users.Where(u => u.Id == current.Member.UserId).Select(u => u.Email).SingleAsync(cancel) ?? "";
        var alerts = await db.Alerts.AsTracking().Where(a => ids.Contains(a.Id) && a.State != state && a.RuleId != Alert.OfNoRule).ToListAsync(cancel);
        if (state != AlertStates.Resolved) alerts = await RevivableAsync(alerts, cancel);
        foreach (var alert in alerts)
        {
            (alert.State, alert.ChangedAt) = (state, now);
            db.AlertNotes.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = now, By = by, What = Words(state) });
        }
        await AlertFollowUps.AddAsync(db, alerts, now, cancel);
        await db.SaveChangesAsync(cancel);
        return alerts.Count;
    }

    /// <summary>Of a number only one alert of a rule can be alive: others stay resolved.</summary>
    async Task<List<Alert>> RevivableAsync(List<Alert> alerts, CancellationToken cancel)
    {
        var rules = alerts.Where(IsOver).Select(a => a.RuleId).ToList();
        var alive = (await db.Alerts.Where(a => rules.Contains(a.RuleId) && a.VisitId == 0 && a.State != AlertStates.Resolved).Select(a => a.RuleId).ToListAsync(cancel)).ToHashSet();
        return [.. alerts.Where(a => !IsOver(a) || alive.Add(a.RuleId))];
    }

    static bool IsOver(Alert alert) => alert is { VisitId: 0, State: AlertStates.Resolved };

    static string Words(string state) => state switch
    {
        AlertStates.Open => "Opened again", AlertStates.Acknowledged => "Acknowledged", AlertStates.Muted => "Muted: more of the same is kept without telling anybody", _ => "Resolved",
    };
}
