using System.Collections.Concurrent;
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
    IDbContextFactory<SystemDb> databases, SiteChannels channels, SiteAlertRules alerts, Patience patience, IOptions<BrokerSettings> broker) : IDisposable
{
    /// <summary>Deleted sites remembered: an id is never given twice, so one that is gone stays gone.</summary>
    const int MostAbsent = 100_000;

    readonly SemaphoreSlim reading = new(1);
    readonly ConcurrentDictionary<int, bool> absent = [];
    volatile FrozenDictionary<int, KnownSite>? known;

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

    /// <summary>
    /// Makes sure that sites which exist are known, and waits for PostgreSQL if they are not: a collector may have heard
    /// of a new site first.
    /// </summary>
    public async Task KnowAsync(IEnumerable<int> siteIds, CancellationToken cancel)
    {
        int[] asked = [.. siteIds.Distinct()];
        if (known is { } sites && asked.All(id => sites.ContainsKey(id) || absent.ContainsKey(id))) return;
        await patience.UntilThereAsync(ReadAsync, cancel);
        if (absent.Count > MostAbsent) absent.Clear();
        foreach (var id in asked)
            if (Rules(id) is null) absent[id] = true;
    }

    /// <summary>Reads the sites again. An empty answer never replaces a full list.</summary>
    public async Task ReadAsync(CancellationToken cancel)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var sites = await db.Sites.AsNoTracking().ToListAsync(cancel);
            var rules = await channels.ReadAsync(db, cancel);
            var alertRules = await alerts.ReadAsync(db, sites, cancel);
            if (sites.Count > 0 || known is null)
                known = sites.ToFrozenDictionary(
                    s => s.Id, s => new KnownSite(SiteRules.Of(s) with { Channels = rules.GetValueOrDefault(s.Id), Alerts = alertRules.GetValueOrDefault(s.Id) },
                        s.FirstEventAt is not null));
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();

    sealed record KnownSite(SiteRules Rules, bool HasEvents);
}
