using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Sites;

/// <summary>Records when a site's first event was stored: what its owner waits for after pasting the snippet.</summary>
public sealed class FirstEvents(IDbContextFactory<SystemDb> databases, SiteCatalog sites, Patience patience) : BackgroundService
{
    readonly ConcurrentDictionary<int, bool> told = [];
    readonly Channel<(int SiteId, DateTime At)> queue = Channel.CreateUnbounded<(int, DateTime)>();

    /// <summary>Never waits: the database is told in the background.</summary>
    public void Saw(IReadOnlyList<EventRow> rows)
    {
        foreach (var row in rows)
            if (!sites.HasEvents(row.SiteId) && told.TryAdd(row.SiteId, true))
                queue.Writer.TryWrite((row.SiteId, row.ReceivedAt));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (siteId, at) in queue.Reader.ReadAllAsync(stoppingToken))
            await patience.UntilThereAsync(cancel => RecordAsync(siteId, at, cancel), stoppingToken);
    }

    async Task RecordAsync(int siteId, DateTime at, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Sites.Where(s => s.Id == siteId && s.FirstEventAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, at), cancel);
    }
}
