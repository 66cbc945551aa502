using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Pipeline.Enrichment;

namespace SaaS.Analytics.Workers.Sites;

/// <summary>Channel rules in force of the sites that have their own; those that did not change are not made ready again.</summary>
public sealed class SiteChannels(ILogger<SiteChannels> log)
{
    Dictionary<int, (int Number, ChannelRules? Rules)> known = [];

    /// <returns>By site; null for rules that cannot be read, so that their site has the default ones.</returns>
    public async Task<IReadOnlyDictionary<int, ChannelRules?>> ReadAsync(SystemDb db, CancellationToken cancel)
    {
        var newest = await db.ChannelRules.AsNoTracking()
            .Where(r => !db.ChannelRules.Any(later => later.SiteId == r.SiteId && later.Number > r.Number)).ToListAsync(cancel);
        known = newest.ToDictionary(
            v => v.SiteId, v => known.TryGetValue(v.SiteId, out var same) && same.Number == v.Number ? same : (v.Number, Compile(v)));
        return known.ToDictionary(k => k.Key, k => k.Value.Rules);
    }

    ChannelRules? Compile(ChannelRuleVersion version)
    {
        try
        {
            return new ChannelRules(ChannelRuleVersion.Read(version.Rules));
        }
        catch (Exception e)
        {
            log.LogError(e, "Version {Number} of the channel rules of site {Site} cannot be read; the default rules are in force.", version.Number, version.SiteId);
            return null;
        }
    }
}
