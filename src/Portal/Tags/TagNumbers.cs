using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Tags;

/// <param name="Fired">Times.</param>
/// <param name="Failed">Times.</param>
/// <param name="Blocked">Times, for want of consent.</param>
public sealed record TagSum(long Fired, long Failed, long Blocked);

/// <summary>How often tags fired lately.</summary>
public sealed class TagNumbers(AnalyticsDb db, TimeProvider time)
{
    public const int Days = 7;

    public async Task<IReadOnlyDictionary<int, TagSum>> LatelyAsync(AuthorizedSite site, CancellationToken cancel)
    {
        var from = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1 - Days);
        return await db.TagCounts.Where(c => c.SiteId == site.Id && c.Day >= from).GroupBy(c => c.Tag)
            .Select(g => new { g.Key, Fired = g.Sum(c => c.Fired), Failed = g.Sum(c => c.Failed), Blocked = g.Sum(c => c.Blocked) })
            .ToDictionaryAsync(c => c.Key, c => new TagSum(c.Fired, c.Failed, c.Blocked), cancel);
    }
}
