using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Data;

/// <summary>The receivers of some rules of one tenant, and how many mails it may still send this hour.</summary>
public sealed class AlertReceivers(IReadOnlyDictionary<Guid, AlertReceiver> receivers, int mailsLeft)
{
    const string OverQuota = "Your alert mails of this hour are used up. This one was not sent: make rules quieter.";
    int left = mailsLeft;

    public static async Task<AlertReceivers> ReadAsync(
        AnalyticsDb db, Guid tenantId, IEnumerable<FiringRule> rules, int mailsPerHour, DateTime now, CancellationToken cancel)
    {
        Guid[] ids = [.. rules.SelectMany(r => r.Rule.Targets).Distinct()];
        var rows = await (
            from target in db.AlertTargets.AsNoTracking()
            where target.TenantId == tenantId && ids.Contains(target.Id) && target.ConfirmedAt != null && target.StoppedAt == null
            join user in db.Users.AsNoTracking() on target.UserId equals user.Id into users
            from user in users.DefaultIfEmpty()
            where target.UserId == null || db.Members.Any(m => m.TenantId == tenantId && m.UserId == target.UserId)
            select new AlertReceiver(target, user.Email ?? target.Address)).ToListAsync(cancel);
        var hour = now.AddHours(-1);
        var sent = await db.AlertDeliveries.CountAsync(d => d.TenantId == tenantId && d.CreatedAt > hour && d.FailedAt == null && d.DueAt == null && d.Body == ""
            && db.Alerts.Any(a => a.Id == d.AlertId && a.RuleId != Alert.OfNoRule), cancel);
        return new AlertReceivers(rows.ToDictionary(r => r.Target.Id), mailsPerHour - sent);
    }

    /// <returns>Null for one that must not be told.</returns>
    public AlertReceiver? Find(Guid targetId) => receivers.GetValueOrDefault(targetId);

    /// <summary>Adds one delivery for each receiver of the rule, with its mail or its body.</summary>
    public void Tell(AnalyticsDb db, FiringRule rule, Alert alert, AlertMessages messages, DateTime now)
    {
        foreach (var id in rule.Rule.Targets.Distinct())
            if (receivers.TryGetValue(id, out var receiver))
                Tell(db, receiver, rule, alert, messages, now);
    }

    void Tell(AnalyticsDb db, AlertReceiver receiver, FiringRule rule, Alert alert, AlertMessages messages, DateTime now)
    {
        var isMail = TargetKinds.IsMail(receiver.Target.Kind);
        var isOver = isMail && left-- <= 0;
        var delivery = new AlertDelivery
        {
            Id = AlertIds.Of(alert.Id, receiver.Target.Id), TenantId = alert.TenantId, AlertId = alert.Id, TargetId = receiver.Target.Id,
            Kind = receiver.Target.Kind, Address = receiver.Address, CreatedAt = now, Body = isMail ? "" : messages.Body(rule, alert, receiver.Target),
            DueAt = isMail ? null : now, FailedAt = isOver ? now : null, Reason = isOver ? OverQuota : null,
        };
        db.Add(delivery);
        if (isMail && !isOver) db.Add(messages.Mail(rule, alert, receiver, delivery.Id, now));
    }
}
