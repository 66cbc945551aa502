using SaaS.Analytics.Pipeline.Visitors;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Engagement of the last minutes that found no visit: an event that lets a visit reach it may still come.</summary>
sealed class VisitlessEngagement
{
    readonly Dictionary<VisitorKey, DateTime> latest = [];

    public void Add(int siteId, IEnumerable<ulong> ids, DateTime at)
    {
        foreach (var id in ids)
            if (id != 0 && (!latest.TryGetValue(new VisitorKey(siteId, id), out var known) || known < at))
                latest[new VisitorKey(siteId, id)] = at;
    }

    /// <summary>There is some that is not older than an event with these ids.</summary>
    public bool MayFollow(in Identity ids, DateTime at)
    {
        if (latest.Count == 0)
            return false;
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless, ids.CookielessOther])
            if (id != 0 && latest.TryGetValue(new VisitorKey(ids.SiteId, id), out var last) && last >= at)
                return true;
        return false;
    }

    /// <param name="newest">Time of the newest event: what comes later than it by more than the lateness is repaired anyway.</param>
    public void Forget(DateTime newest)
    {
        foreach (var (key, at) in latest)
            if (at + OpenVisits.Lateness < newest)
                latest.Remove(key);
    }
}
