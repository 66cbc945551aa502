using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// What one partition remembers between chunks. A function of what the store holds: after a failure it is thrown away and
/// filled again. One user at a time.
/// </summary>
/// <param name="visitorCapacity">Most visitor ids remembered; others are looked up again.</param>
public sealed class PartitionState(int visitorCapacity = 200_000)
{
    internal OpenVisits Visits { get; } = new();
    internal KnownVisitors Visitors { get; } = new(visitorCapacity);
    internal VisitlessEngagement Visitless { get; } = new();
    internal RecentEvents Recent { get; } = new();
    internal SharedParts Shared { get; } = new();
    internal ParseBudget Budget { get; } = new();

    /// <summary>Newest event time seen, UTC; <see cref="DateTime.MinValue"/> while empty.</summary>
    public DateTime Newest => Visits.Newest;

    public int OpenVisitIds => Visits.Count;

    /// <summary>
    /// Visitors to look up before the chunk is processed. What was found may point to others: look up, <see cref="Learn"/>
    /// and ask again until nothing is returned.
    /// </summary>
    /// <param name="events">The chunk's events.</param>
    /// <param name="stored">On redelivery, what the store holds: its visitors may have other ids than the events.</param>
    public IReadOnlyCollection<VisitorKey> UnknownVisitors(IEnumerable<ChunkEvent> events, ReadBack? stored = null)
    {
        var unknown = new HashSet<VisitorKey>();
        foreach (var row in stored?.VisitRows ?? [])
            Visitors.AddUnknown(row.SiteId, row.VisitorId, unknown);
        foreach (var e in events)
            Visitors.AddUnknown(Identity.Of(e), unknown);
        return unknown;
    }

    /// <param name="asked">All that was looked up.</param>
    /// <param name="found">Newest rows of those that exist.</param>
    public void Learn(IEnumerable<VisitorKey> asked, IEnumerable<VisitorRow> found)
    {
        foreach (var row in found)
            Visitors.Learn(row);
        foreach (var key in asked)
            Visitors.LearnAbsent(key);
    }

    /// <summary>
    /// Events that may be duplicates of stored ones which are not remembered here: to be looked up by site and id. Moves the
    /// memory on to the newest of them first, so that what is then put back outlasts the chunk.
    /// </summary>
    public IReadOnlyList<ChunkEvent> SuspectedDuplicates(IReadOnlyCollection<ChunkEvent> events)
    {
        if (events.Count > 0)
            Recent.Advance(events.Max(e => e.ReceivedAt));
        return [.. events.Where(MayHaveOlderCopy)];
    }

    /// <summary>
    /// An event that was sent at once has all its copies received within <see cref="OpenVisits.Lateness"/>; in a chunk that
    /// comes late these may be out of the memory as well.
    /// </summary>
    bool MayHaveOlderCopy(ChunkEvent e) =>
        e.ReceivedAt - OpenVisits.Lateness < Recent.CompleteSince
        || e.ReceivedAt - e.Event.ClientTimestamp > OpenVisits.Lateness
        || e.Event.SentAt - e.Event.ClientTimestamp > OpenVisits.Lateness
        || e.Event.Notes.Contains("clock_corrected");

    /// <summary>Puts back what was stored: on take-over the last 10 minutes, before a chunk the suspected ones that were found.</summary>
    /// <param name="stored">The events.</param>
    /// <param name="allSince">On take-over: receipt (UTC) from which on these are all there are.</param>
    public void Restore(IEnumerable<SeenEvent> stored, DateTime? allSince = null)
    {
        if (allSince is { } since)
            Recent.BeginAt(since);
        foreach (var e in stored.OrderBy(e => e.ReceivedAt))
            Recent.Remember(e);
    }

    /// <summary>Puts back open visits; one that is already here is replaced. Learn their visitors first.</summary>
    /// <param name="visits">Newest rows, tombstones left out.</param>
    /// <param name="timeout">Visit timeout of a site.</param>
    /// <param name="ids">What their events came with, in the order of their times; visit 0 is that of engagement without one.</param>
    public void Restore(IEnumerable<VisitRow> visits, Func<int, TimeSpan> timeout, IEnumerable<VisitIds> ids)
    {
        var known = ids.ToLookup(i => (i.SiteId, i.VisitId));
        foreach (var row in visits)
            Restore(row, timeout(row.SiteId), known[(row.SiteId, row.VisitId)]);
        foreach (var alone in known.Where(g => g.Key.VisitId == 0).SelectMany(g => g))
            Visitless.Add(alone.SiteId, alone.All(), alone.LastAt);
    }

    /// <summary>On take-over: open visits are told when the visits before them ended.</summary>
    public void Remember(int siteId, ulong visitorId, ulong visitId, DateTime previousEnd)
    {
        if (Visits.OfIds(siteId, [visitorId]).Find(v => v.VisitId == visitId) is { } visit)
            visit.PreviousEnd = previousEnd;
    }

    internal OpenVisit Restore(VisitRow row, TimeSpan timeout, IEnumerable<VisitIds> ids)
    {
        var visitor = Visitors.Get(row.SiteId, row.VisitorId);
        var visit = row.ToOpenVisit(visitor);
        visit.Timeout = timeout;
        visit.Share(Shared, row.Start);
        var seen = new HashSet<ulong>();
        foreach (var one in ids)
        {
            visit.User = one.UserHash != 0 ? one.UserHash : visit.User;
            visit.Consented = one.DeviceId != 0 ? one.DeviceId : visit.Consented;
            seen.UnionWith(one.All());
        }
        Visits.Advance(row.End);
        Visits.Put(visit, seen.Count > 0 ? seen : [visitor.Id, .. visitor.Aliases]);
        visitor.Know(visit);
        if (visit.Number == 0)
            visit.Number = visitor.VisitCount;
        return visit;
    }

    /// <summary>Takes over what a repair made of some people's visits; those that cannot go on are left out.</summary>
    internal void Take(VisitRefold fold, IEnumerable<VisitorRow> visitors, TimeSpan timeout)
    {
        foreach (var row in visitors)
            Visitors.Correct(row);
        var open = new Dictionary<RefoldedVisit, OpenVisit>();
        foreach (var visit in fold.Visits.Where(v => v.Row.End + timeout + OpenVisits.Lateness >= Newest))
            open[visit] = Reopen(visit, timeout);
        foreach (var earlier in Visits.OfIds(fold.SiteId, fold.Ids))
            if (fold.Successor(earlier.VisitId) is { } successor)
                earlier.LeadTo(open.TryGetValue(successor, out var now) ? now : open[successor] = Reopen(successor, timeout));
        Visits.Remove(fold.SiteId, fold.Ids);
        foreach (var (visit, now) in open)
            foreach (var id in visit.Ids)
                Visits.Add(fold.SiteId, id, now);
    }

    OpenVisit Reopen(RefoldedVisit visit, TimeSpan timeout)
    {
        var now = visit.Row.ToOpenVisit(Visitors.Get(visit.Row.SiteId, visit.Row.VisitorId));
        (now.Timeout, now.User, now.Consented) = (timeout, visit.Visit.User, visit.Visit.Consented);
        return now;
    }
}
