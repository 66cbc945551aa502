using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>What has fired before, as far as it keeps rules quiet now.</summary>
sealed class QuietTimes
{
    readonly HashSet<Guid> ids;
    readonly List<Fired> fired;

    QuietTimes(HashSet<Guid> ids, List<Fired> fired) => (this.ids, this.fired) = (ids, fired);

    public static async Task<QuietTimes> ReadAsync(SystemDb db, IReadOnlyList<(FiringRule Rule, VisitAlert Alert)> firing, CancellationToken cancel)
    {
        Guid[] asked = [.. firing.Select(f => AlertIds.Of(f.Rule.Rule.Id, f.Alert.Visit.VisitId))];
        var ids = await db.Alerts.Where(a => asked.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancel);
        Guid[] rules = [.. firing.Select(f => f.Rule.Rule.Id).Distinct()];
        long[] visitors = [.. firing.Select(f => (long)f.Alert.Visit.VisitorId).Distinct()];
        var since = firing.Min(f => f.Alert.At - Longest(f.Rule));
        var ofVisitors = await db.Alerts.Where(a => rules.Contains(a.RuleId) && visitors.Contains(a.VisitorId) && (a.OpenedAt >= since || a.State == AlertStates.Muted))
            .Select(a => new Fired(a.RuleId, a.VisitorId, a.OpenedAt, a.State)).ToListAsync(cancel);
        Guid[] quiet = [.. firing.Where(f => f.Rule.QuietRule > TimeSpan.Zero).Select(f => f.Rule.Rule.Id).Distinct()];
        var last = quiet.Length == 0 ? [] : await db.Alerts.Where(a => quiet.Contains(a.RuleId) && a.OpenedAt >= since)
            .GroupBy(a => a.RuleId).Select(g => new Fired(g.Key, 0, g.Max(a => a.OpenedAt), "")).ToListAsync(cancel);
        return new QuietTimes([.. ids], [.. ofVisitors, .. last]);
    }

    /// <summary>It is there already, or another one was so lately that this one is not wanted. Remembers it if not.</summary>
    public bool Silences(FiringRule rule, VisitAlert alert)
    {
        var (ruleId, visitor, at) = (rule.Rule.Id, (long)alert.Visit.VisitorId, alert.At);
        if (!ids.Add(AlertIds.Of(ruleId, alert.Visit.VisitId))) return true;
        if (fired.Exists(f => f.RuleId == ruleId && (Within(f, at, rule.QuietRule) || (f.VisitorId == visitor && alert.More == 0 && Within(f, at, rule.QuietVisitor))))) return true;
        fired.Add(new Fired(ruleId, visitor, at, ""));
        return false;
    }

    public bool IsMuted(FiringRule rule, VisitAlert alert) =>
        fired.Exists(f => f.RuleId == rule.Rule.Id && f.VisitorId == (long)alert.Visit.VisitorId && f.State == AlertStates.Muted);

    static TimeSpan Longest(FiringRule rule) => rule.QuietVisitor > rule.QuietRule ? rule.QuietVisitor : rule.QuietRule;

    /// <summary>What is told late may have happened before what was told already.</summary>
    static bool Within(Fired other, DateTime at, TimeSpan quiet) => quiet > TimeSpan.Zero && (at - other.At).Duration() < quiet;

    sealed record Fired(Guid RuleId, long VisitorId, DateTime At, string State);
}
