using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Api;

/// <summary>A ledger as JSON: events per step, their sums, and the reasons why some were not stored.</summary>
static class LedgerJson
{
    public static object Answer(LedgerRange range, LedgerReport report) => new
    {
        from = range.From,
        to = range.To,
        step = range.Step,
        totals = Counts(report.Total),
        steps = report.Steps.Select(step => new Dictionary<string, object>(Counts(step)) { ["at"] = step.At }),
        reasons = report.Reasons.Select(reason => new { outcome = reason.Outcome, reason = reason.Reason, events = reason.Events }),
    };

    static Dictionary<string, object> Counts(LedgerStep step) => new()
    {
        [Outcomes.Received] = step.Received,
        [Outcomes.Stored] = step.Stored,
        [Outcomes.Duplicate] = step.Duplicate,
        [Outcomes.Excluded] = step.Excluded,
        [Outcomes.Invalid] = step.Invalid,
        [Outcomes.OverQuota] = step.OverQuota,
        [Outcomes.Dead] = step.Dead,
        ["in_flight"] = step.InFlight,
        ["imbalance"] = step.Imbalance,
    };
}
