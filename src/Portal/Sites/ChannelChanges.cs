using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Data;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites;

/// <summary>The channel rules of a site that the member was let into. Every change is a new version; none is ever changed.</summary>
public sealed class ChannelChanges(AnalyticsDb db, TimeProvider time)
{
    const int Shown = 10;

    /// <returns>The latest versions, the one in force first; none where the default rules are.</returns>
    public async Task<IReadOnlyList<ChannelRuleVersion>> VersionsAsync(AuthorizedSite site, CancellationToken cancel) =>
        await db.ChannelRules.AsNoTracking().Where(v => v.SiteId == site.Id).OrderByDescending(v => v.Number).Take(Shown).ToListAsync(cancel);

    public async Task<ChannelRuleVersion?> FindAsync(AuthorizedSite site, int number, CancellationToken cancel) =>
        await db.ChannelRules.AsNoTracking().SingleOrDefaultAsync(v => v.SiteId == site.Id && v.Number == number, cancel);

    public static IReadOnlyList<ChannelRule> RulesOf(ChannelRuleVersion? version) =>
        version is null ? ChannelRules.Shipped : ChannelRuleVersion.Read(version.Rules);

    /// <summary>Puts rules in force.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="seen">Number of the version they were made from; 0: the default rules.</param>
    /// <param name="rules">In their order.</param>
    /// <param name="change">What was changed, for people.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False where somebody else has published since.</returns>
    public async Task<bool> PublishAsync(AuthorizedSite site, int seen, IEnumerable<ChannelRule> rules, string change, CancellationToken cancel)
    {
        if (await db.ChannelRules.Where(v => v.SiteId == site.Id).MaxAsync(v => (int?)v.Number, cancel) is var last && (last ?? 0) != seen) return false;
        db.ChannelRules.Add(new ChannelRuleVersion
        {
            TenantId = site.TenantId, SiteId = site.Id, Number = seen + 1, Rules = ChannelRuleVersion.Write(rules), Change = change,
            PublishedAt = time.GetUtcNow().UtcDateTime,
        });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
