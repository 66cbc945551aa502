using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Ads;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Sites.Ads;

/// <summary>What a site's campaigns cost.</summary>
public sealed class AdCosts(AnalyticsDb db, TimeProvider time)
{
    /// <summary>Puts the lines in place of what was there for the same day, campaign and the rest: a file twice counts once.</summary>
    /// <returns>How many rows there are now that came with this file.</returns>
    public async Task<int> ImportAsync(AuthorizedSite site, IReadOnlyList<AdCostLine> lines, CancellationToken cancel)
    {
        var (first, last) = (lines.Min(l => l.Day), lines.Max(l => l.Day));
        var known = (await db.AdCosts.Where(c => c.SiteId == site.Id && c.Day >= first && c.Day <= last).ToListAsync(cancel)).ToDictionary(Key);
        var now = time.GetUtcNow().UtcDateTime;
        var groups = lines.GroupBy(l => (l.Day, l.Source, l.Medium, l.Campaign, l.Content, l.Currency)).ToList();
        foreach (var group in groups)
        {
            if (!known.TryGetValue(group.Key, out var row)) db.AdCosts.Add(row = New(site, group.Key, now));
            row.Cost = group.Sum(l => l.Cost);
            row.Clicks = Sum(group.Select(l => l.Clicks));
            row.Impressions = Sum(group.Select(l => l.Impressions));
            row.ImportedAt = now;
        }
        await db.SaveChangesAsync(cancel);
        return groups.Count;
    }

    public async Task<IReadOnlyList<AdCost>> BetweenAsync(AuthorizedSite site, DateOnly first, DateOnly last, CancellationToken cancel) =>
        await db.AdCosts.AsNoTracking().Where(c => c.SiteId == site.Id && c.Day >= first && c.Day <= last).ToListAsync(cancel);

    /// <returns>How many rows are gone.</returns>
    public Task<int> RemoveAsync(AuthorizedSite site, DateOnly first, DateOnly last, CancellationToken cancel) =>
        db.AdCosts.Where(c => c.SiteId == site.Id && c.Day >= first && c.Day <= last).ExecuteDeleteAsync(cancel);

    static (DateOnly, string, string, string, string, string) Key(AdCost c) => (c.Day, c.Source, c.Medium, c.Campaign, c.Content, c.Currency);

    static AdCost New(AuthorizedSite site, (DateOnly Day, string Source, string Medium, string Campaign, string Content, string Currency) key, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, Day = key.Day, Source = key.Source, Medium = key.Medium,
        Campaign = key.Campaign, Content = key.Content, Currency = key.Currency, Cost = 0, ImportedAt = now,
    };

    static long? Sum(IEnumerable<long?> numbers) => numbers.Aggregate((long?)null, (sum, n) => n is null ? sum : (sum ?? 0) + n);
}
