using Microsoft.AspNetCore.Mvc;
using SaaS.Analytics.Pipeline.Replay;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Ledgers;
using SaaS.Analytics.Portal.Sites;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites;

/// <summary>What became of every event that the site received.</summary>
sealed class LedgerModel(Ledger ledger, FailedEvents failed, TimeProvider time) : SitePage
{
    /// <summary>Steps younger than this may still be on their way through; the operator's alert waits as long.</summary>
    static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    const int FailedShown = 50;

    public LedgerPeriod Period { get; private set; } = LedgerPeriod.All[0];
    public LedgerReport Report { get; private set; } = new([], []);
    public LedgerStep Total { get; private set; } = new(default(DateTime));

    /// <summary>Events of settled steps of which nothing is known, or that nobody has received.</summary>
    public long Unaccounted { get; private set; }

    /// <summary>The newest events that were dropped as invalid and are kept.</summary>
    public IReadOnlyList<FailedEventSummary> Failed { get; private set; } = [];

    public async Task OnGetAsync(string? period, CancellationToken cancel)
    {
        Period = LedgerPeriod.Of(period);
        var now = time.GetUtcNow().UtcDateTime;
        var to = now.AddTicks(TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute);
        Report = await ledger.OfAsync(Site, to - Period.Length, to, Period.StepMinutes, cancel);
        Total = Report.Total;
        Failed = await failed.NewestAsync(Site, FailedShown, cancel);
        Unaccounted = Report.Steps.Where(s => s.At.AddMinutes(Period.StepMinutes) < now - Settling).Sum(s => Math.Abs(s.Imbalance));
    }

    /// <summary>One event, or with no id all that were not replayed yet.</summary>
    public async Task<IActionResult> OnPostReplayAsync(Guid? id, CancellationToken cancel)
    {
        var count = await failed.ReplayAsync(Site, id is { } one ? [one] : null, cancel);
        TempData.Say(count switch { 0 => "Replayed before: nothing is left to do", 1 => "1 event is on its way again", _ => $"{Format.Exact(count)} events are on their way again" });
        return Redirect($"/sites/{Site.Domain}/ledger");
    }
}
