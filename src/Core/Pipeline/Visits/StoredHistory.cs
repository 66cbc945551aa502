using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>What the store holds of some people of one site.</summary>
/// <param name="Repairs">Why they are looked at.</param>
/// <param name="From">Earliest event time that was read.</param>
/// <param name="To">Latest event time that was read.</param>
/// <param name="Events">All their events in that time.</param>
/// <param name="Visits">Newest rows of all their visits, tombstones left out.</param>
/// <param name="Visitors">Newest rows of all their ids.</param>
public sealed record StoredHistory(
    IReadOnlyCollection<VisitRepair> Repairs, DateTime From, DateTime To, IReadOnlyCollection<EventRow> Events,
    IReadOnlyCollection<VisitRow> Visits, IReadOnlyCollection<VisitorRow> Visitors)
{
    /// <summary>No visit of any site goes on over a silence longer than this.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(240);

    /// <summary>Ids that may be of the same people and were not asked for yet.</summary>
    /// <param name="asked">Ids asked for; those found are added.</param>
    public IReadOnlyList<ulong> Unasked(HashSet<ulong> asked)
    {
        var ids = Events.SelectMany(e => (ulong[])[e.VisitorId, e.UserHash, e.DeviceId, e.CookielessId])
            .Concat(Visitors.SelectMany(v => v.Aliases)).Concat(Repairs.SelectMany(r => r.Ids));
        return [.. ids.Where(id => id != 0 && asked.Add(id))];
    }

    /// <summary>False where a person's events may have gone on without a silence before or after what was read.</summary>
    public bool IsEnclosed => People().All(p => p.IsEnclosed);

    /// <summary>One for each person: nobody's visits depend on another's.</summary>
    internal List<Person> People()
    {
        var clusters = new IdClusters();
        foreach (var repair in Repairs)
            clusters.Join([repair.VisitorId, .. repair.Ids]);
        foreach (var e in Events)
            clusters.Join([e.VisitorId, e.UserHash, e.DeviceId, e.CookielessId]);
        foreach (var visitor in Visitors)
            clusters.Join([visitor.VisitorId, .. visitor.Aliases]);
        var events = Events.DistinctBy(e => (e.ChunkId, e.ChunkIndex)).ToLookup(e => clusters.Of(e.VisitorId));
        var copies = Events.ToLookup(e => clusters.Of(e.VisitorId));
        var visits = Visits.ToLookup(v => clusters.Of(v.VisitorId));
        var visitors = Visitors.ToLookup(v => clusters.Of(v.VisitorId));
        return [.. Repairs.GroupBy(r => clusters.Of(r.VisitorId)).Select(g => new Person(
            this, [.. g], [.. Around(g, events[g.Key])], [.. copies[g.Key]], [.. visits[g.Key]], [.. visitors[g.Key]]))];
    }

    /// <summary>
    /// The events of the days in doubt, as a cookieless hash is somebody for a day, and all before and after them up to a
    /// silence, in the order of their times.
    /// </summary>
    static IEnumerable<EventRow> Around(IEnumerable<VisitRepair> repairs, IEnumerable<EventRow> events)
    {
        var (from, to) = (repairs.Min(r => r.From).Date, repairs.Max(r => r.To).Date.AddDays(1));
        EventRow[] ordered = [.. events.OrderBy(e => e.Timestamp).ThenBy(e => e.Name == Analytics.Events.EventNames.Engagement).ThenBy(e => e.EventId)];
        for (var i = ordered.Length - 1; i >= 0 && ordered[i].Timestamp >= from - LongestTimeout; i--)
            from = ordered[i].Timestamp < from ? ordered[i].Timestamp : from;
        foreach (var e in ordered)
            if (e.Timestamp >= from && e.Timestamp <= to + LongestTimeout)
            {
                to = e.Timestamp > to ? e.Timestamp : to;
                yield return e;
            }
    }

    internal sealed record Person(
        StoredHistory History, List<VisitRepair> Repairs, List<EventRow> Events, List<EventRow> Copies, List<VisitRow> Visits, List<VisitorRow> Visitors)
    {
        public bool IsEnclosed => Events.Count == 0
            || (Events[0].Timestamp - History.From > LongestTimeout && History.To - Events[^1].Timestamp > LongestTimeout);
    }
}
