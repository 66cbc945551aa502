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

    /// <summary>While chunks wait for longer than this, that nothing was stored says nothing about the sites of their partition.</summary>
    static readonly TimeSpan Flowing = TimeSpan.FromSeconds(30);

    readonly Dictionary<Guid, DateTime> closed = [];

    /// <summary>Looks at every rule whose time has come.</summary>
    public async Task LookAsync(DateTime now, CancellationToken cancel)
    {
        var rules = await RulesAsync(now, cancel);
        var windows = rules.Select(r => (Rule: r, Window: MetricWindow.Of(r, now))).Where(IsDue).ToList();
        if (windows.Count == 0) return;
        var looked = await numbers.ReadAsync(windows, cancel);
        // Outside its hours a rule opens nothing; what is open ends only when it is over.
        await book.SetAsync([.. looked.Where(l => !l.Holds || new ActiveHours(l.Rule.Settings, l.Rule.TimeZone).Holds(now))], now, cancel);
        foreach (var (rule, window) in windows.Where(w => w.Window.IsClosed)) closed[rule.Rule.Id] = window.To;
    }

    async Task<List<FiringRule>> RulesAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await FiringRules.ReadAsync(db, db.AlertRules.Where(r => Kinds.Contains(r.Kind) && db.Sites.Any(s => s.Id == r.SiteId && s.FirstEventAt != null)), cancel);
        var mine = rules.Where(r => owned.Owns(Partition(r))).ToList();
        if (!mine.Exists(IsNoData)) return mine;
        var waiting = await WaitingAsync(db, now - Flowing, cancel);
        // What was sealed before the rule's minutes holds nothing of them.
        mine.RemoveAll(r => IsNoData(r) && waiting.GetValueOrDefault(Partition(r)) > MetricWindow.Of(r, now).From);
        return mine;
    }

    /// <returns>By partition, when the last of the chunks was sealed that wait to be stored for longer than they should.</returns>
    static Task<Dictionary<int, DateTime>> WaitingAsync(SystemDb db, DateTime late, CancellationToken cancel) => db.Chunks
        .Where(c => c.FinishedAt == null && c.StoredAt == null && c.SealedAt < late)
        .GroupBy(c => c.Partition).Select(g => new { g.Key, Last = g.Max(c => c.SealedAt) }).ToDictionaryAsync(g => g.Key, g => g.Last!.Value, cancel);

    int Partition(FiringRule rule) => Partitions.Of(rule.Rule.SiteId, broker.Value.Partitions);

    static bool IsNoData(FiringRule rule) => rule.Rule.Kind == AlertKinds.NoData.Key;

    bool IsDue((FiringRule Rule, MetricWindow Window) w) => !w.Window.IsClosed || closed.GetValueOrDefault(w.Rule.Rule.Id) < w.Window.To;
}
