using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>What the links in mails do. Whoever opens them is not signed in: the token names the receiver, and nothing else is told.</summary>
sealed class ReceiverLinks(IDbContextFactory<SystemDb> systems, TimeProvider time)
{
    /// <returns>Null for a token that is none.</returns>
    public async Task<AlertTarget?> FindAsync(string? token, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(token)) return null;
        await using var db = await systems.CreateDbContextAsync(cancel);
        return await db.AlertTargets.AsNoTracking().SingleOrDefaultAsync(t => t.Token == token, cancel);
    }

    public async Task ConfirmAsync(AlertTarget target, CancellationToken cancel)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        await db.AlertTargets.Where(t => t.Id == target.Id && t.Kind == TargetKinds.Mail && t.ConfirmedAt == null)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.ConfirmedAt, now).SetProperty(x => x.StoppedAt, (DateTime?)null), cancel);
    }

    /// <param name="target">Who wants no more.</param>
    /// <param name="ruleId">Of this rule; null: of all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task StopAsync(AlertTarget target, Guid? ruleId, CancellationToken cancel)
    {
        await using var db = await systems.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        if (ruleId is { } id)
            await db.Database.ExecuteSqlAsync($"UPDATE alert_rules SET targets = array_remove(targets, {target.Id}) WHERE id = {id} AND tenant_id = {target.TenantId}", cancel);
        else
            await db.AlertTargets.Where(t => t.Id == target.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.StoppedAt, now), cancel);
    }
}
