using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Reads everything that is stored of some people around some days.</summary>
public sealed class PeopleReader(AnalyticStore store, EventCorrections events, Patience patience)
{
    static readonly TimeSpan Around = TimeSpan.FromHours(30);

    /// <summary>An unbroken row of events that is longer is taken as it is: no person makes one.</summary>
    static readonly TimeSpan Widest = TimeSpan.FromDays(40);

    /// <param name="siteId">The site.</param>
    /// <param name="repairs">Who, and when.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public async Task<StoredHistory> ReadAsync(int siteId, IReadOnlyCollection<VisitRepair> repairs, CancellationToken cancel)
    {
        for (var around = Around; ; around *= 3)
        {
            var history = await ReadAsync(siteId, repairs, around, cancel);
            if (around > Widest || history.IsEnclosed) return history;
        }
    }

    async Task<StoredHistory> ReadAsync(int siteId, IReadOnlyCollection<VisitRepair> repairs, TimeSpan around, CancellationToken cancel)
    {
        HashSet<ulong> asked = [];
        var (from, to) = (repairs.Min(r => r.From).Date - around, repairs.Max(r => r.To).Date.AddDays(1) + around);
        var history = new StoredHistory(repairs, from, to, [], [], []);
        while (history.Unasked(asked) is { Count: > 0 } ids)
            history = history with
            {
                Events = [.. history.Events
                    .Concat(await patience.UntilThereAsync(c => events.OfPeopleAsync(siteId, ids, from, to, c), cancel))
                    .DistinctBy(e => (e.ChunkId, e.ChunkIndex, e.VisitorId))],
                Visits = [.. history.Visits, .. await patience.UntilThereAsync(c => store.Visits.OfVisitorsAsync(siteId, ids, c), cancel)],
                Visitors = [.. history.Visitors, .. await patience.UntilThereAsync(c => store.Visitors.FindAsync([siteId], ids, c), cancel)],
            };
        return history;
    }
}
