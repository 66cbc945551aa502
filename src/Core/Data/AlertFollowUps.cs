using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Data;

/// <summary>Tells PagerDuty what became of alerts it has been told of: acknowledged and resolved there as here.</summary>
public static class AlertFollowUps
{
    /// <param name="db">The transaction in which they change.</param>
    /// <param name="alerts">In their new state.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task AddAsync(AnalyticsDb db, IReadOnlyCollection<Alert> alerts, DateTime now, CancellationToken cancel)
    {
        var ids = alerts.Select(a => a.Id).ToList();
        var told = await (from d in db.AlertDeliveries.AsTracking() join t in db.AlertTargets on d.TargetId equals t.Id
                          where ids.Contains(d.AlertId) && d.Kind == TargetKinds.PagerDuty select new { Delivery = d, t.Secret }).ToListAsync(cancel);
        foreach (var alert in alerts)
            foreach (var receiver in told.Where(t => t.Delivery.AlertId == alert.Id).GroupBy(t => (t.Delivery.TargetId, t.Delivery.Address, t.Secret)))
                if (PagerDutyEvent.Follow(alert.Id, alert.State, receiver.Key.Secret) is { } body)
                {
                    if (alert.State == AlertStates.Resolved) Overtake(receiver.Select(r => r.Delivery), now);
                    db.Add(FollowUp(alert, receiver.Key.TargetId, receiver.Key.Address, body, now));
                }
    }

    /// <summary>What opens an incident must not arrive after what resolves it.</summary>
    static void Overtake(IEnumerable<AlertDelivery> deliveries, DateTime now)
    {
        foreach (var waiting in deliveries.Where(d => d.DueAt is not null))
            (waiting.DueAt, waiting.FailedAt, waiting.Reason) = (null, now, "The alert was resolved before this was sent.");
    }

    static AlertDelivery FollowUp(Alert alert, Guid targetId, string address, string body, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(), TenantId = alert.TenantId, AlertId = alert.Id, TargetId = targetId, Kind = TargetKinds.PagerDuty, Address = address,
        Body = body, CreatedAt = now, DueAt = now,
    };
}
