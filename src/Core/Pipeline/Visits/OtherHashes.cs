using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// Hashes of the day before that events came with. They are not stored, as they would tie the days of a visitor together. What
/// is known of them is what late events came with as long as these wait for their repair, and then which visits went on over
/// midnight: of the hashes in these it is the one of the same browser and place, as a hash is made of user agent and address.
/// </summary>
sealed class OtherHashes
{
    readonly ILookup<DateTime, ulong> byDay;
    readonly ILookup<ulong, EventRow> byVisit;
    readonly HashSet<ulong> pairs;

    public OtherHashes(StoredHistory.Person person)
    {
        var hashed = person.Events.Where(e => e.CookielessId != 0).ToList();
        byDay = hashed.Select(e => (e.Timestamp.Date, e.CookielessId)).Distinct().ToLookup(h => h.Date, h => h.CookielessId);
        byVisit = hashed.Where(e => e.VisitId != 0).ToLookup(e => e.VisitId);
        pairs = [.. person.Repairs.SelectMany(r => r.Ids)];
    }

    /// <returns>The hash; 0 where none is known.</returns>
    public ulong Of(EventRow e)
    {
        if (e.CookielessId == 0)
            return 0;
        var before = e.Timestamp.Date.AddDays(-1);
        var paired = byDay[before].FirstOrDefault(hash => pairs.Contains(Identity.PairOf(hash, e.CookielessId)));
        return paired != 0 ? paired : byVisit[e.VisitId].Where(x => x.Timestamp.Date == before && IsAlike(x, e)).MaxBy(x => x.Timestamp)?.CookielessId ?? 0;
    }

    static bool IsAlike(EventRow a, EventRow b) =>
        (a.Browser, a.BrowserVersion, a.Os, a.OsVersion, a.DeviceType, a.Country, a.Asn) == (b.Browser, b.BrowserVersion, b.Os, b.OsVersion, b.DeviceType, b.Country, b.Asn);
}
