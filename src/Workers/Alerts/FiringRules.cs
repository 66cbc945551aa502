using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Reads rules that may tell somebody: enabled ones of active tenants.</summary>
static class FiringRules
{
    public static async Task<List<FiringRule>> ReadAsync(SystemDb db, IQueryable<AlertRule> which, CancellationToken cancel)
    {
        var rows = await (
            from rule in which.AsNoTracking()
            join site in db.Sites.AsNoTracking() on rule.SiteId equals site.Id
            join tenant in db.Tenants.AsNoTracking() on rule.TenantId equals tenant.Id
            where rule.Enabled && tenant.Status == TenantStatus.Active
            orderby rule.Id
            select new { rule, site.Domain, site.Name, site.TimeZone }).ToListAsync(cancel);
        return [.. rows.Select(r => new FiringRule(r.rule, AlertSettings.Read(r.rule.Settings), r.Domain, r.Name, r.TimeZone))];
    }
}
