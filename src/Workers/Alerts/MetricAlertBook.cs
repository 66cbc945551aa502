using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Opens an alert when a rule about a number begins to hold and resolves it when it does not hold any more.</summary>
public sealed class MetricAlertBook(
    IDbContextFactory<SystemDb> databases, AlertMessages messages, IOptions<AlertingSettings> settings, TimeProvider clock)
{
    public async Task SetAsync(IReadOnlyList<Looked> looked, DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        Guid[] ids = [.. looked.Select(l => l.Rule.Rule.Id)];
        var open = (await db.Alerts.Where(a => ids.Contains(a.RuleId) && a.VisitId == 0 && a.State != AlertStates.Resolved).Select(a => a.RuleId).ToListAsync(cancel)).ToHashSet();
        foreach (var (rule, reading, holds) in looked)
            if (holds != open.Contains(rule.Rule.Id))
                await SetAsync(rule, reading, holds, now, cancel);
    }

    async Task SetAsync(FiringRule rule, MetricReading reading, bool holds, DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({rule.Rule.TenantId.ToString()}, 1))", cancel);
        var id = AlertIds.Of(rule.Rule.Id, (ulong)reading.To.Ticks);
        var open = await db.Alerts.AsTracking().SingleOrDefaultAsync(a => a.RuleId == rule.Rule.Id && a.VisitId == 0 && a.State != AlertStates.Resolved, cancel);
        if (holds && open is null && !await db.Alerts.AnyAsync(a => a.Id == id, cancel))
            await OpenAsync(db, rule, reading, id, now, cancel);
        else if (!holds && open is not null)
            await ResolveAsync(db, open, now, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    async Task OpenAsync(SystemDb db, FiringRule rule, MetricReading reading, Guid id, DateTime now, CancellationToken cancel)
    {
        var alert = new Alert
        {
            Id = id, TenantId = rule.Rule.TenantId, SiteId = rule.Rule.SiteId, RuleId = rule.Rule.Id, RuleName = rule.Rule.Name, Kind = rule.Rule.Kind,
            Severity = rule.Severity, Title = AlertWords.Title(rule.Rule.Name, reading, rule.Settings, rule.Rule.Kind), Facts = JsonSerializer.Serialize(reading),
            State = AlertStates.Open, OpenedAt = now, ChangedAt = now,
        };
        db.Add(alert);
        db.Add(new AlertNote { TenantId = alert.TenantId, AlertId = id, At = now, What = "Fired" });
        var receivers = await AlertReceivers.ReadAsync(db, alert.TenantId, [rule], settings.Value.MailsPerHour, clock.GetUtcNow().UtcDateTime, cancel);
        receivers.Tell(db, rule, alert, messages, now);
    }

    static async Task ResolveAsync(SystemDb db, Alert alert, DateTime now, CancellationToken cancel)
    {
        (alert.State, alert.ChangedAt) = (AlertStates.Resolved, now);
        db.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = now, What = "Resolved: the rule does not hold any more" });
        await AlertFollowUps.AddAsync(db, [alert], now, cancel);
    }
}
