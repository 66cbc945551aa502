using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Sites;

/// <summary>The rules of every site, as of the last change that PostgreSQL told of.</summary>
public sealed class SiteCatalog(
    IDbContextFactory<SystemDb> databases, Patience patience, TimeProvider clock, IOptions<BrokerSettings> broker) : IDisposable
{
    /// <summary>A site that was not found is not asked for again before this.</summary>
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim reading = new(1);
    volatile FrozenDictionary<int, KnownSite>? known;
    long readAt;

    /// <returns>Null where there is no such site.</returns>
    public SiteRules? Rules(int siteId) => known?.GetValueOrDefault(siteId)?.Rules;

    /// <summary>True once the site's first event is on record.</summary>
    public bool HasEvents(int siteId) => known?.GetValueOrDefault(siteId)?.HasEvents ?? false;

    public async Task<IReadOnlyList<SiteRules>> OfPartitionAsync(int partition, CancellationToken cancel)
    {
        await KnowAsync([], cancel);
        var count = broker.Value.Partitions;
        return [.. known!.Values.Select(s => s.Rules).Where(r => Partitions.Of(r.SiteId, count) == partition)];
    }

    /// <summary>Makes sure that sites which exist are known, and waits for PostgreSQL if they are not.</summary>
    public async Task KnowAsync(IEnumerable<int> siteIds, CancellationToken cancel)
    {
        if (known is { } sites && (siteIds.All(sites.ContainsKey) || clock.GetElapsedTime(readAt) < AskAgain)) return;
        await patience.UntilThereAsync(ReadAsync, cancel);
    }

    /// <summary>Reads the sites again. An empty answer never replaces a full list.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var sites = await db.Sites.AsNoTracking().ToListAsync(cancel);
            if (sites.Count > 0 || known is null)
                known = sites.ToFrozenDictionary(s => s.Id, s => new KnownSite(SiteRules.Of(s), s.FirstEventAt is not null));
            readAt = clock.GetTimestamp();
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    sealed record KnownSite(SiteRules Rules, bool HasEvents);
}
