using SaaS.Analytics.Data;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Operator;

/// <summary>
/// Finds minutes whose events do not add up, and minutes of which the ledger and the table of events count different
/// numbers as stored: an event that is lost, counted twice or deleted by hand shows here.
/// </summary>
public sealed class LedgerAudit(LedgerStore ledger, ChunksInFlight chunks, OperatorAlerts alerts, TimeProvider clock)
{
    public const string Kind = "ledger_imbalance";

    /// <summary>Younger minutes may still be on their way through ClickHouse and the sagas.</summary>
    static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Recent = TimeSpan.FromHours(3);

    /// <summary>Looks at the last hours.</summary>
    public Task CheckRecentAsync(CancellationToken cancel) => CheckAsync(Now - Recent, cancel);

    /// <summary>Looks at the last 31 days, a day at a time.</summary>
    public Task CheckMonthAsync(CancellationToken cancel) => CheckAsync(Now.Date.AddDays(-31), cancel);

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    async Task CheckAsync(DateTime from, CancellationToken cancel)
    {
        from = from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute));
        var to = Now - Settling;
        var wrong = new List<LedgerDifference>();
        for (var (start, end) = (from, from); (start = end) < to;)
        {
            end = start.AddDays(1) < to ? start.AddDays(1) : to;
            wrong.AddRange(await DifferencesAsync(start, end, cancel));
        }
        await alerts.SetAsync(Kind, [.. wrong.GroupBy(d => d.SiteId).Select(Problem)], from, cancel);
    }

    async Task<IEnumerable<LedgerDifference>> DifferencesAsync(DateTime from, DateTime to, CancellationToken cancel)
    {
        // In flight first: what is finished between the two is tolerated once more and not reported.
        var open = (await chunks.BetweenAsync(from, to, null, cancel)).ToDictionary(e => (e.SiteId, e.Minute), e => e.Events);
        var differences = await ledger.DifferencesAsync(from, to, cancel);
        return differences.Where(d => d.IsMoreThan(open.GetValueOrDefault((d.SiteId, d.Minute))));
    }

    static OperatorProblem Problem(IGrouping<int, LedgerDifference> site)
    {
        var (first, minutes) = (site.MinBy(d => d.Minute)!, site.Count());
        return new OperatorProblem(site.Key, first.Minute,
            $"The ledger of site {site.Key} does not balance in {minutes} {(minutes == 1 ? "minute" : "minutes")}, first at {first.Minute:yyyy-MM-dd HH:mm} UTC: "
            + $"{first.Received} received, {first.Settled} accounted for, {first.Stored} counted as stored, {first.Rows} in the table of events.");
    }
}
