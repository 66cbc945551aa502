using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>
/// Opens an alert when a rule about a number begins to hold and resolves it when it does not hold any more. One that was resolved
/// by hand while the rule holds is not opened again before the rule once did not; a muted one stays muted.
/// </summary>
public sealed class MetricAlertBook(
    IDbContextFactory<SystemDb> databases, AlertMessages messages, IOptions<AlertingSettings> settings, TimeProvider clock)
{
    public async Task SetAsync(IReadOnlyList<Looked> looked, DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        Guid[] ids = [.. looked.Select(l => l.Rule.Rule.Id)];
        var standing = (await Standing(db).Where(a => ids.Contains(a.RuleId)).AsNoTracking().ToListAsync(cancel)).ToLookup(a => a.RuleId);
        foreach (var (rule, reading, holds) in looked)
            if (holds ? !standing[rule.Rule.Id].Any(a => a.Holds) : standing[rule.Rule.Id].Any(MayEnd))
                await SetAsync(rule, reading, holds, now, cancel);
    }

    async Task SetAsync(FiringRule rule, MetricReading reading, bool holds, DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({rule.Rule.TenantId.ToString()}, 1))", cancel);
        var standing = await Standing(db).AsTracking().Where(a => a.RuleId == rule.Rule.Id).ToListAsync(cancel);
        if (!holds)
            await EndAsync(db, standing.FindAll(MayEnd), now, cancel);
        else if (standing.Find(a => a.State != AlertStates.Resolved) is { } kept)
            Again(db, kept, rule, now);
        else if (standing.Count == 0 && !await IsQuietAsync(db, rule, AlertIds.Of(rule.Rule.Id, (ulong)reading.To.Ticks), now, cancel))
            await OpenAsync(db, rule, reading, now, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Alerts about numbers that are not over, or were resolved by hand before they were.</summary>
    static IQueryable<Alert> Standing(SystemDb db) => db.Alerts.Where(a => a.VisitId == 0 && (a.Holds || a.State != AlertStates.Resolved));

    /// <summary>A muted one that has ended waits for the next time.</summary>
    static bool MayEnd(Alert alert) => alert.Holds || alert.State is AlertStates.Open or AlertStates.Acknowledged;

    static Task<bool> IsQuietAsync(SystemDb db, FiringRule rule, Guid id, DateTime now, CancellationToken cancel)
    {
        var since = now - rule.QuietRule;
        return db.Alerts.AnyAsync(a => a.Id == id || (a.RuleId == rule.Rule.Id && a.VisitId == 0 && a.OpenedAt > since), cancel);
    }

    async Task OpenAsync(SystemDb db, FiringRule rule, MetricReading reading, DateTime now, CancellationToken cancel)
    {
        var alert = new Alert
        {
            Id = AlertIds.Of(rule.Rule.Id, (ulong)reading.To.Ticks), TenantId = rule.Rule.TenantId, SiteId = rule.Rule.SiteId, RuleId = rule.Rule.Id,
            RuleName = rule.Rule.Name, Kind = rule.Rule.Kind, Severity = rule.Severity,
            Title = AlertWords.Title(rule.Rule.Name, reading, rule.Settings, rule.Rule.Kind), Facts = JsonSerializer.Serialize(reading),
            State = AlertStates.Open, OpenedAt = now, ChangedAt = now, Holds = true,
        };
        db.Add(alert);
        db.Add(Note(alert, now, "Fired"));
        var receivers = await AlertReceivers.ReadAsync(db, alert.TenantId, [rule], settings.Value.MailsPerHour, clock.GetUtcNow().UtcDateTime, cancel);
        receivers.Tell(db, rule, alert, messages, now);
    }

    /// <summary>More of the same is a line in the history, not oftener than alerts would come.</summary>
    static void Again(SystemDb db, Alert alert, FiringRule rule, DateTime now)
    {
        alert.Holds = true;
        if (now - alert.ChangedAt < rule.QuietRule) return;
        alert.ChangedAt = now;
        db.Add(Note(alert, now, alert.State == AlertStates.Muted ? "Fired again, muted" : "Fired again"));
    }

    static async Task EndAsync(SystemDb db, List<Alert> alerts, DateTime now, CancellationToken cancel)
    {
        foreach (var alert in alerts) alert.Holds = false;
        var ended = alerts.FindAll(a => a.State is AlertStates.Open or AlertStates.Acknowledged);
        foreach (var alert in ended)
        {
            (alert.State, alert.ChangedAt) = (AlertStates.Resolved, now);
            db.Add(Note(alert, now, "Resolved: the rule does not hold any more"));
        }
        await AlertFollowUps.AddAsync(db, ended, now, cancel);
    }

    static AlertNote Note(Alert alert, DateTime now, string what) => new() { TenantId = alert.TenantId, AlertId = alert.Id, At = now, What = what };
}
