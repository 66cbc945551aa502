using SaaS.Analytics.Alerts;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>The last visits before the one an alert is about.</summary>
public sealed partial class VisitorHistory(VisitStore visits, TimeProvider clock, ILogger<VisitorHistory> log)
{
    const int Shown = 5;

    /// <summary>An alert does not wait longer for its history.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>By visit, the latest first; nothing where the store does not answer in time.</returns>
    public async Task<IReadOnlyDictionary<ulong, IReadOnlyList<PastVisit>>> OfAsync(IReadOnlyList<VisitFacts> asked, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var found = new Dictionary<ulong, IReadOnlyList<PastVisit>>();
        try
        {
            foreach (var site in asked.Where(v => v.Number > 1).GroupBy(v => v.SiteId))
            {
                var past = await visits.LatestAsync(site.Key, site.Select(v => v.VisitorId).Distinct(), Shown + 1, both.Token);
                foreach (var visit in site)
                    found[visit.VisitId] = [.. past.Where(p => p.VisitorId == visit.VisitorId && p.VisitId != visit.VisitId && p.Start < visit.Start)
                        .OrderByDescending(p => p.Start).Take(Shown).Select(p => new PastVisit(p.Start, VisitText(p.EntryPath), VisitText(p.Source), p.Pageviews))];
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Missing(log, e.Message);
        }
        return found;
    }

    static string VisitText(string text) => text.Length <= 300 ? text : text[..300];

    [LoggerMessage(LogLevel.Warning, "Alerts go out without the visitors' history: {Reason}")]
    static partial void Missing(ILogger log, string reason);
}
