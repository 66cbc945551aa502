using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>The alert rules of a site that the member was let into.</summary>
public sealed class SiteRuleBook(AnalyticsDb db, CurrentMember current, TimeProvider time)
{
    const int Most = 1000;

    public static bool MayChange(Member member) => member.Role >= MemberRole.Editor;

    public async Task<IReadOnlyList<AlertRule>> AllAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.AlertRules.AsNoTracking().Where(r => r.SiteId == site.Id).OrderBy(r => r.Name).ThenBy(r => r.Id).ToListAsync(cancel);

    /// <returns>When each rule fired last, by rule.</returns>
    public async Task<IReadOnlyDictionary<Guid, DateTime>> LastAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.Alerts.Where(a => a.SiteId == site.Id).GroupBy(a => a.RuleId).Select(g => new { g.Key, At = g.Max(a => a.OpenedAt) }).ToDictionaryAsync(g => g.Key, g => g.At, cancel);

    public Task<AlertRule?> FindAsync(AuthorizedSite site, Guid id, CancellationToken cancel) =>
        db.AlertRules.AsNoTracking().SingleOrDefaultAsync(r => r.SiteId == site.Id && r.Id == id, cancel);

    /// <summary>What a rule asks of its visitors' pasts.</summary>
    public Task<(VisitorPast? Past, IReadOnlyDictionary<string, string> Wrong)> PastAsync(AuthorizedSite site, AlertSettings settings, CancellationToken cancel) =>
        PastConditions.ReadAsync(db, site.Id, settings, cancel);

    /// <returns>What is wrong; null where the rule is kept.</returns>
    public async Task<string?> AddAsync(AlertRule rule, CancellationToken cancel)
    {
        if (!MayChange(current.Member)) return "Only editors, admins and owners change rules.";
        if (await db.AlertRules.CountAsync(r => r.SiteId == rule.SiteId, cancel) >= Most) return $"A site has at most {Most} rules. Delete one that is not needed.";
        db.AlertRules.Add(rule);
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <returns>What is wrong; null where the change is kept.</returns>
    public async Task<string?> ChangeAsync(AuthorizedSite site, Guid id, uint seen, Action<AlertRule> change, CancellationToken cancel)
    {
        if (!MayChange(current.Member)) return "Only editors, admins and owners change rules.";
        var rule = await db.AlertRules.AsTracking().SingleOrDefaultAsync(r => r.SiteId == site.Id && r.Id == id, cancel);
        if (rule is null) return "The rule was deleted in the meantime.";
        db.Entry(rule).Property(r => r.Version).OriginalValue = seen == 0 ? rule.Version : seen;
        change(rule);
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return "Somebody else changed the rule in the meantime. Open it again to see how it stands now.";
        }
    }

    public async Task<bool> DeleteAsync(AuthorizedSite site, Guid id, CancellationToken cancel) =>
        MayChange(current.Member) && await db.AlertRules.Where(r => r.SiteId == site.Id && r.Id == id).ExecuteDeleteAsync(cancel) > 0;

    public DateTime Now => time.GetUtcNow().UtcDateTime;
}
