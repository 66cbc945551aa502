using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Sites;

/// <summary>Enabled alert rules about visits, of the sites that have any; a site whose rules did not change is not made ready again.</summary>
public sealed class SiteAlertRules(ILogger<SiteAlertRules> log)
{
    static readonly string[] Kinds = [.. AlertKinds.All.Where(k => k.IsOfVisits).Select(k => k.Key)];

    Dictionary<int, Known> known = [];

    public async Task<IReadOnlyDictionary<int, SiteAlerts>> ReadAsync(SystemDb db, IEnumerable<Site> sites, CancellationToken cancel)
    {
        var enabled = await db.AlertRules.AsNoTracking().Where(r => r.Enabled && Kinds.Contains(r.Kind))
            .OrderBy(r => r.Id).Select(r => new Stamp(r.SiteId, r.Id, r.Version)).ToListAsync(cancel);
        var zones = sites.ToDictionary(s => s.Id, s => s.TimeZone);
        var groups = enabled.Where(s => zones.ContainsKey(s.SiteId)).GroupBy(s => s.SiteId).ToDictionary(g => g.Key, g => g.ToList());
        int[] changed = [.. groups.Where(g => !IsKnown(g.Key, zones[g.Key], g.Value)).Select(g => g.Key)];
        var read = changed.Length == 0 ? [] : await db.AlertRules.AsNoTracking()
            .Where(r => r.Enabled && Kinds.Contains(r.Kind) && changed.Contains(r.SiteId)).OrderBy(r => r.Id).ToListAsync(cancel);
        var made = read.GroupBy(r => r.SiteId).ToDictionary(g => g.Key, g => Make(zones[g.Key], [.. g]));
        known = groups.Keys.Where(id => made.ContainsKey(id) || !changed.Contains(id)).ToDictionary(id => id, id => made.GetValueOrDefault(id) ?? known[id]);
        return known.ToDictionary(k => k.Key, k => k.Value.Alerts);
    }

    bool IsKnown(int siteId, string zone, List<Stamp> stamps) =>
        known.TryGetValue(siteId, out var site) && site.Zone == zone && site.Stamps.SequenceEqual(stamps);

    Known Make(string zone, IReadOnlyList<AlertRule> rules)
    {
        var readable = new List<(Guid, string, AlertSettings)>();
        foreach (var rule in rules)
        {
            try
            {
                readable.Add((rule.Id, rule.Kind, AlertSettings.Read(rule.Settings)));
            }
            catch (Exception e)
            {
                log.LogError(e, "Alert rule {Rule} of site {Site} cannot be read and does not fire.", rule.Id, rule.SiteId);
            }
        }
        return new Known(zone, [.. rules.Select(r => new Stamp(r.SiteId, r.Id, r.Version))], new SiteAlerts(readable, zone));
    }

    sealed record Stamp(int SiteId, Guid RuleId, uint Version);

    sealed record Known(string Zone, IReadOnlyList<Stamp> Stamps, SiteAlerts Alerts);
}
