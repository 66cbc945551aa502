using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Reads the numbers that rules of this worker's sites ask for and says which rules hold now.</summary>
public sealed class MetricWatch(
    IDbContextFactory<SystemDb> databases, AlertNumbers numbers, MetricAlertBook book, OwnedPartitions owned, IOptions<BrokerSettings> broker)
{
    static readonly string[] Kinds = [.. AlertKinds.All.Where(k => !k.IsOfVisits).Select(k => k.Key)];

    /// <summary>While chunks wait for longer than this, that nothing was stored says nothing about a site.</summary>
    static readonly TimeSpan Flowing = TimeSpan.FromSeconds(30);

    readonly Dictionary<Guid, DateTime> closed = [];

    /// <summary>Looks at every rule whose time has come.</summary>
    public async Task LookAsync(DateTime now, CancellationToken cancel)
    {
        var rules = await RulesAsync(now, cancel);
        var windows = rules.Select(r => (Rule: r, Window: MetricWindow.Of(r, now))).Where(IsDue).ToList();
        if (windows.Count == 0) return;
        var looked = await numbers.ReadAsync(windows, cancel);
        await book.SetAsync([.. looked.Select(l => l with { Holds = l.Holds && new ActiveHours(l.Rule.Settings, l.Rule.TimeZone).Holds(now) })], now, cancel);
        foreach (var (rule, window) in windows.Where(w => w.Window.IsClosed)) closed[rule.Rule.Id] = window.To;
    }

    async Task<List<FiringRule>> RulesAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await FiringRules.ReadAsync(db, db.AlertRules.Where(r => Kinds.Contains(r.Kind) && db.Sites.Any(s => s.Id == r.SiteId && s.FirstEventAt != null)), cancel);
        var mine = rules.Where(r => owned.Owns(Partitions.Of(r.Rule.SiteId, broker.Value.Partitions))).ToList();
        var late = now - Flowing;
        if (mine.Exists(r => r.Rule.Kind == AlertKinds.NoData.Key) && await db.Chunks.AnyAsync(c => c.FinishedAt == null && c.SealedAt < late, cancel))
            mine.RemoveAll(r => r.Rule.Kind == AlertKinds.NoData.Key);
        return mine;
    }

    bool IsDue((FiringRule Rule, MetricWindow Window) w) => !w.Window.IsClosed || closed.GetValueOrDefault(w.Rule.Rule.Id) < w.Window.To;
}
