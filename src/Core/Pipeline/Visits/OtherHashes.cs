using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// Hashes of the day before that events came with. They are not stored, as they would tie the days of a visitor together. What
/// is known of them is which visits went on over midnight, and the ids of late events as long as these wait for their repair.
/// Of these it is the one of the same browser and place: a hash is made of user agent and address.
/// </summary>
sealed class OtherHashes
{
    readonly ILookup<DateTime, EventRow> byDay;
    readonly ILookup<ulong, EventRow> byVisit;
    readonly ILookup<ulong, VisitRepair> repairs;

    public OtherHashes(StoredHistory.Person person)
    {
        var hashed = person.Events.Where(e => e.CookielessId != 0).ToList();
        byDay = hashed.ToLookup(e => e.Timestamp.Date);
        byVisit = hashed.Where(e => e.VisitId != 0).ToLookup(e => e.VisitId);
        repairs = person.Repairs.SelectMany(r => r.Ids.Select(id => (id, r))).ToLookup(p => p.id, p => p.r);
    }

    /// <returns>The hash; 0 where none is known.</returns>
    public ulong Of(EventRow e)
    {
        if (e.CookielessId == 0)
            return 0;
        var before = e.Timestamp.Date.AddDays(-1);
        var ofVisit = byVisit[e.VisitId].Where(x => x.Timestamp.Date == before);
        var ofRepairs = repairs[e.CookielessId].SelectMany(r => byDay[before].Where(x => r.Ids.Contains(x.CookielessId)));
        return ofVisit.Concat(ofRepairs).Where(x => IsAlike(x, e)).MaxBy(x => x.Timestamp)?.CookielessId ?? 0;
    }

    static bool IsAlike(EventRow a, EventRow b) =>
        (a.Browser, a.BrowserVersion, a.Os, a.OsVersion, a.DeviceType, a.Country, a.Asn) == (b.Browser, b.BrowserVersion, b.Os, b.OsVersion, b.DeviceType, b.Country, b.Asn);
}
