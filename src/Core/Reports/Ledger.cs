using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Reports;

/// <summary>
/// received = stored + duplicate + excluded + invalid + over_quota + dead + in flight, per site and minute of receipt.
/// </summary>
public sealed class Ledger(LedgerStore store, ChunksInFlight chunks)
{
    const int MinutesOfDay = 1440;

    /// <param name="site">The site.</param>
    /// <param name="from">First minute of receipt, UTC.</param>
    /// <param name="to">The minute after the last, UTC.</param>
    /// <param name="stepMinutes">Minutes in one step of the answer: 1, or a divisor of 1440 for longer ranges.</param>
    /// <param name="cancel">Ends the queries.</param>
    public async Task<LedgerReport> OfAsync(AuthorizedSite site, DateTime from, DateTime to, int stepMinutes, CancellationToken cancel)
    {
        if (stepMinutes <= 0 || MinutesOfDay % stepMinutes != 0) throw new ArgumentOutOfRangeException(nameof(stepMinutes));
        // In flight first: what is finished between the two is counted twice and not left out.
        var open = await chunks.BetweenAsync(from, to, site.Id, cancel);
        var sums = await store.SumsAsync(site.Id, from, to, stepMinutes, cancel);
        var steps = new SortedDictionary<DateTime, LedgerStep>();
        foreach (var sum in sums) Add(Step(steps, sum.At), sum);
        foreach (var minute in open) Step(steps, Start(minute.Minute, stepMinutes)).InFlight += minute.Events;
        return new LedgerReport([.. steps.Values], Reasons(sums));
    }

    static DateTime Start(DateTime minute, int stepMinutes) => new(minute.Ticks - minute.Ticks % (stepMinutes * TimeSpan.TicksPerMinute), DateTimeKind.Utc);

    static LedgerStep Step(SortedDictionary<DateTime, LedgerStep> steps, DateTime at) =>
        steps.TryGetValue(at, out var step) ? step : steps[at] = new LedgerStep(at);

    static void Add(LedgerStep step, LedgerSum sum)
    {
        switch (sum.Outcome)
        {
            case Outcomes.Received: step.Received += sum.Events; break;
            case Outcomes.Stored: step.Stored += sum.Events; break;
            case Outcomes.Duplicate: step.Duplicate += sum.Events; break;
            case Outcomes.Excluded: step.Excluded += sum.Events; break;
            case Outcomes.Invalid: step.Invalid += sum.Events; break;
            case Outcomes.OverQuota: step.OverQuota += sum.Events; break;
            case Outcomes.Dead: step.Dead += sum.Events; break;
            default: throw new InvalidOperationException($"The ledger has an outcome of no known meaning: {sum.Outcome}.");
        }
    }

    static LedgerReason[] Reasons(List<LedgerSum> sums) =>
    [
        .. sums.Where(s => s.Reason.Length > 0 && s.Events > 0)
            .GroupBy(s => (s.Outcome, s.Reason), (key, all) => new LedgerReason(key.Outcome, key.Reason, all.Sum(s => s.Events)))
            .OrderByDescending(r => r.Events),
    ];
}
