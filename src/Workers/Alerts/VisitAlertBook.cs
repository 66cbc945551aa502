using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>
/// Keeps alerts about visits: one row each, one row for each receiver, and the mails, in one transaction before anything is
/// sent. Ids are made of rule, visit and receiver, so that the same chunk told again adds nothing.
/// </summary>
public sealed class VisitAlertBook(
    IDbContextFactory<SystemDb> databases, VisitorHistory history, AlertMessages messages, IOptions<AlertingSettings> settings, TimeProvider clock)
{
    public async Task KeepAsync(IReadOnlyList<VisitAlert> alerts, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        Guid[] ids = [.. alerts.SelectMany(a => a.RuleIds).Distinct()];
        var rules = (await FiringRules.ReadAsync(db, db.AlertRules.Where(r => ids.Contains(r.Id)), cancel)).ToDictionary(r => r.Rule.Id);
        var firing = alerts.SelectMany(a => a.RuleIds.Where(rules.ContainsKey).Select(id => (Rule: rules[id], Alert: a)))
            .Where(f => f.Rule.Rule.SiteId == f.Alert.Visit.SiteId).ToList();
        // First those of which all is known: the others are asked for in the event store, which takes its time.
        await KeepAsync(firing.FindAll(f => !PastConditions.AreIn(f.Rule.Settings)), cancel);
        await KeepAsync(await history.HavingPastAsync(firing.FindAll(f => PastConditions.AreIn(f.Rule.Settings)), cancel), cancel);
    }

    async Task KeepAsync(List<(FiringRule Rule, VisitAlert Alert)> firing, CancellationToken cancel)
    {
        foreach (var tenant in firing.GroupBy(f => f.Rule.Rule.TenantId).OrderBy(g => g.Key))
            await KeepAsync(tenant.Key, [.. tenant], cancel);
    }

    async Task KeepAsync(Guid tenantId, List<(FiringRule Rule, VisitAlert Alert)> firing, CancellationToken cancel)
    {
        var before = await history.OfAsync([.. firing.Select(f => f.Alert.Visit).DistinctBy(v => (v.SiteId, v.VisitId))], cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Quiet times and quota are read and written: one chunk of a tenant after the other.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({tenantId.ToString()}, 1))", cancel);
        var quiet = await QuietTimes.ReadAsync(db, firing, cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        var receivers = await AlertReceivers.ReadAsync(db, tenantId, firing.Select(f => f.Rule), settings.Value.MailsPerHour, now, cancel);
        foreach (var (rule, alert) in firing)
            if (!quiet.Silences(rule, alert))
                Keep(db, rule, alert with { Visits = before.GetValueOrDefault(alert.Visit.VisitId) ?? [] }, quiet.IsMuted(rule, alert) ? null : receivers, now);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <param name="db">The transaction.</param>
    /// <param name="rule">What fired.</param>
    /// <param name="alert">For whom.</param>
    /// <param name="receivers">Null: the same was muted before.</param>
    /// <param name="now">The time.</param>
    void Keep(SystemDb db, FiringRule rule, VisitAlert alert, AlertReceivers? receivers, DateTime now)
    {
        var row = new Alert
        {
            Id = AlertIds.Of(rule.Rule.Id, alert.Visit.VisitId), TenantId = rule.Rule.TenantId, SiteId = rule.Rule.SiteId, RuleId = rule.Rule.Id,
            RuleName = rule.Rule.Name, Kind = rule.Rule.Kind, Severity = rule.Severity,
            Title = StoredText.Of(AlertWords.Title(rule.Rule.Kind, alert, rule.SiteName), 400), Facts = StoredText.Json(JsonSerializer.Serialize(alert)),
            State = receivers is null ? AlertStates.Muted : AlertStates.Open, OpenedAt = alert.At, ChangedAt = now,
            VisitId = (long)alert.Visit.VisitId, VisitorId = (long)alert.Visit.VisitorId,
        };
        db.Add(row);
        db.Add(new AlertNote { TenantId = row.TenantId, AlertId = row.Id, At = now, What = receivers is null ? "Fired, muted as the one before" : "Fired" });
        receivers?.Tell(db, rule, row, messages, now);
    }
}
