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

    /// <summary>
    /// Puts back open visits; one that is already here is replaced. Learn their visitors first, so that the visits are found
    /// by the visitors' other ids too.
    /// </summary>
    /// <param name="visits">Newest rows, tombstones left out.</param>
    /// <param name="timeout">Visit timeout of a site.</param>
    /// <param name="ids">What their events came with.</param>
    public void Restore(IEnumerable<VisitRow> visits, Func<int, TimeSpan> timeout, IEnumerable<VisitIds> ids)
    {
        var known = ids.ToLookup(i => (i.SiteId, i.VisitId));
        foreach (var row in visits)
            Name(Restore(row, timeout(row.SiteId)), known[(row.SiteId, row.VisitId)]);
    }

    /// <summary>The visit is found by all ids that were seen in it again, and told from other people's.</summary>
    internal void Name(OpenVisit visit, IEnumerable<VisitIds> ids)
    {
        foreach (var id in ids)
        {
            visit.User = id.UserHash != 0 ? id.UserHash : visit.User;
            visit.Consented = id.DeviceId != 0 ? id.DeviceId : visit.Consented;
            foreach (var one in (ReadOnlySpan<ulong>)[id.UserHash, id.DeviceId, id.CookielessId])
                Visits.Add(id.SiteId, one, visit);
        }
    }

    /// <summary>Takes over what a repair made of a person's visits; those that cannot go on are left out.</summary>
    internal void Take(VisitRefold fold, IEnumerable<VisitorRow> visitors, TimeSpan timeout)
    {
        foreach (var row in visitors)
            Visitors.Correct(row);
        foreach (var row in fold.Renumbered)
            foreach (var visit in Visits.OfIds(row.SiteId, [row.VisitorId, .. Visitors.Of(row.SiteId, row.VisitorId).Aliases]).Where(v => v.VisitId == row.VisitId))
                visit.Number = row.VisitNumber;
        var open = new Dictionary<RefoldedVisit, OpenVisit>();
        foreach (var visit in fold.Visits.Where(v => v.Row.End + timeout + OpenVisits.Lateness >= Newest))
            open[visit] = Reopen(visit, timeout);
        foreach (var visit in fold.Visits)
            foreach (var earlier in Visits.OfIds(visit.Row.SiteId, visit.Ids))
                if (fold.Successor(earlier.VisitId) is { } successor && !open.ContainsValue(earlier))
                    earlier.LeadTo(open.TryGetValue(successor, out var now) ? now : open[successor] = Reopen(successor, timeout));
        foreach (var (visit, now) in open)
            foreach (var id in visit.Ids)
                Visits.Add(visit.Row.SiteId, id, now);
    }

    OpenVisit Reopen(RefoldedVisit visit, TimeSpan timeout)
    {
        var now = visit.Row.ToOpenVisit(Visitors.Get(visit.Row.SiteId, visit.Row.VisitorId));
        (now.Timeout, now.User, now.Consented) = (timeout, visit.Visit.User, visit.Visit.Consented);
        return now;
    }

    internal OpenVisit Restore(VisitRow row, TimeSpan timeout)
    {
        var visitor = Visitors.Get(row.SiteId, row.VisitorId);
        var visit = row.ToOpenVisit(visitor);
        visit.Timeout = timeout;
        visit.Share(Shared, row.Start);
        Visits.Advance(row.End);
        Visits.Put(visit);
        visitor.Know(visit);
        if (visit.Number == 0)
            visit.Number = visitor.VisitCount;
        return visit;
    }
}
