using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Reads everything that is stored of some people around some days.</summary>
public sealed class PeopleReader(AnalyticStore store, EventCorrections events, Patience patience)
{
    /// <param name="siteId">The site.</param>
    /// <param name="repairs">Who, and when.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    /// <returns>Null where they have too many events.</returns>
    public Task<StoredHistory?> ReadAsync(int siteId, IReadOnlyCollection<VisitRepair> repairs, CancellationToken cancel) => new HistoryQueries(
        (ids, from, to) => patience.UntilThereAsync(c => events.OfPeopleAsync(siteId, ids, from, to, c), cancel),
        (visitors, days) => patience.UntilThereAsync(c => events.OfDaysAsync(siteId, visitors, days, c), cancel),
        (ids, since) => patience.UntilThereAsync(c => events.OwnersAsync(siteId, ids, since, c), cancel),
        visitors => patience.UntilThereAsync(c => store.Visits.OfVisitorsAsync(siteId, visitors, c), cancel),
        visitors => patience.UntilThereAsync(c => store.Visitors.FindAsync([siteId], visitors, c), cancel)).ReadAsync(repairs);
}
