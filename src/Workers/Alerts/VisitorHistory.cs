using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>What visitors did before the visit an alert is about.</summary>
public sealed partial class VisitorHistory(VisitStore visits, VisitorPasts pasts, IDbContextFactory<SystemDb> databases, TimeProvider clock, ILogger<VisitorHistory> log)
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

    /// <summary>
    /// Of what fires, that whose visitor has the past that the rule asks for. Fails where the store does not answer: the chunk's alerts
    /// come again then. A question that is too much for the store would fail for ever, and the alerts of others with it: it fires for nobody.
    /// </summary>
    public async Task<List<(FiringRule Rule, VisitAlert Alert)>> HavingPastAsync(List<(FiringRule Rule, VisitAlert Alert)> firing, CancellationToken cancel)
    {
        var kept = new List<(FiringRule Rule, VisitAlert Alert)>();
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var of in firing.GroupBy(f => f.Rule.Rule.Id))
        {
            try
            {
                var who = await WhoAsync(db, of.First().Rule, [.. of.Select(f => f.Alert.Visit.VisitorId).Distinct()], cancel);
                kept.AddRange(of.Where(f => who.Contains(f.Alert.Visit.VisitorId)));
            }
            catch (ReportLimitException e) when (!e.Later)
            {
                TooMuch(log, of.Key, e.Message);
            }
        }
        return kept;
    }

    async Task<IReadOnlySet<ulong>> WhoAsync(SystemDb db, FiringRule rule, IReadOnlyCollection<ulong> visitors, CancellationToken cancel)
    {
        var site = await db.Sites.AsNoTracking().SingleAsync(s => s.Id == rule.Rule.SiteId, cancel);
        return await PastConditions.ReadAsync(db, site.Id, rule.Settings, cancel) is ({ } past, _) && AuthorizedSite.For(rule.Rule, rule.Rule.SiteId, site) is { } authorized
            ? await pasts.WhoAsync(authorized, past, visitors, cancel) : new HashSet<ulong>();
    }

    static string VisitText(string text) => text.Length <= 300 ? text : text[..300];

    [LoggerMessage(LogLevel.Warning, "Alerts go out without the visitors' history: {Reason}")]
    static partial void Missing(ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "Alert rule {Rule} does not fire: what it asks of its visitors' pasts is too much. {Reason}")]
    static partial void TooMuch(ILogger log, Guid rule, string reason);
}
