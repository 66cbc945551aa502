using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>"Send again": a webhook whatever became of it, a mail that was not sent.</summary>
public sealed class AlertResends(AnalyticsDb db, CurrentMember current, AlertMessages messages, TimeProvider time)
{
    const string Sent = "It is sent again";

    /// <returns>What has become of it, for the member.</returns>
    public async Task<string> SendAsync(Guid alertId, Guid deliveryId, CancellationToken cancel)
    {
        if (!SiteRuleBook.MayChange(current.Member)) return "Only editors, admins and owners send again";
        var delivery = await db.AlertDeliveries.AsTracking().SingleOrDefaultAsync(d => d.Id == deliveryId && d.AlertId == alertId, cancel);
        if (delivery is null) return "There is nothing to send again";
        var said = TargetKinds.IsMail(delivery.Kind) ? await MailAsync(delivery, cancel) : Webhook(delivery);
        await db.SaveChangesAsync(cancel);
        return said;
    }

    string Webhook(AlertDelivery delivery)
    {
        (delivery.DueAt, delivery.FailedAt, delivery.SentAt, delivery.Attempts) = (Now, null, null, 0);
        return Sent;
    }

    async Task<string> MailAsync(AlertDelivery delivery, CancellationToken cancel)
    {
        if (await db.Outbox.AsTracking().SingleOrDefaultAsync(m => m.Id == delivery.Id, cancel) is not { } mail) return await WriteAsync(delivery, cancel);
        if (mail.SentAt is not null) return "It was sent already";
        (mail.DueAt, mail.FailedAt) = (Now, null);
        return Sent;
    }

    /// <summary>One that was over the quota was never written.</summary>
    async Task<string> WriteAsync(AlertDelivery delivery, CancellationToken cancel)
    {
        var alert = await db.Alerts.AsNoTracking().SingleAsync(a => a.Id == delivery.AlertId, cancel);
        var site = await db.Sites.AsNoTracking().SingleAsync(s => s.Id == alert.SiteId, cancel);
        // What the mail says of the rule is with the alert; the rule itself may be changed or deleted since.
        var rule = new AlertRule
        {
            Id = alert.RuleId, TenantId = alert.TenantId, SiteId = alert.SiteId, Name = alert.RuleName, Kind = alert.Kind, Settings = "{}", Targets = [delivery.TargetId], CreatedAt = alert.OpenedAt,
        };
        var firing = new FiringRule(rule, AlertSettings.Read(rule.Settings), site.Domain, site.Name, site.TimeZone);
        var receivers = await AlertReceivers.ReadAsync(db, alert.TenantId, [firing], int.MaxValue, Now, cancel);
        if (receivers.Find(delivery.TargetId) is not { } receiver) return "The receiver was removed or wants no more mails";
        db.Add(messages.Mail(firing, alert, receiver, delivery.Id, Now));
        (delivery.FailedAt, delivery.Reason) = (null, null);
        return Sent;
    }

    DateTime Now => time.GetUtcNow().UtcDateTime;
}
