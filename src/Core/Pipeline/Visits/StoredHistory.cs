using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// What the store holds of some people of one site: in the days in doubt the events of all whom an id may tie to them, and of
/// each visitor among these everything else there is, so that who is whom and the numbers of visits follow from events alone.
/// </summary>
/// <param name="Repairs">Why they are looked at.</param>
/// <param name="From">Earliest event time in which people are followed by shared hashes.</param>
/// <param name="To">Latest such time.</param>
/// <param name="Events">Events; every event of every visitor that has one here.</param>
/// <param name="Visits">Newest rows of all their visits, tombstones left out.</param>
/// <param name="Visitors">Newest rows of all their ids.</param>
public sealed record StoredHistory(
    IReadOnlyCollection<VisitRepair> Repairs, DateTime From, DateTime To, IReadOnlyCollection<EventRow> Events,
    IReadOnlyCollection<VisitRow> Visits, IReadOnlyCollection<VisitorRow> Visitors)
{
    /// <summary>No visit of any site goes on over a silence longer than this.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(240);

    /// <summary>Visitors found beside the events: who came with a durable id of theirs at another time.</summary>
    public IReadOnlyCollection<ulong> Owners { get; init; } = [];

    /// <summary>Ids that may be of the same people and were not asked for yet.</summary>
    /// <param name="asked">Ids asked for; those found are added.</param>
    public IReadOnlyList<ulong> Unasked(HashSet<ulong> asked) => [.. Events.SelectMany(Ids)
        .Concat(Visitors.SelectMany(v => v.Aliases)).Concat(Repairs.SelectMany(r => r.Ids)).Concat(Owners)
        .Where(id => id != 0 && asked.Add(id))];

    /// <summary>False where the events in doubt may have gone on without a silence before or after what was read.</summary>
    public bool IsEnclosed => People().All(p => p.IsEnclosed);

    /// <summary>The UTC days of visits that lie outside of the time in doubt.</summary>
    /// <param name="visitors">Whose visits.</param>
    public IReadOnlyCollection<DateOnly> OtherDays(HashSet<ulong> visitors)
    {
        var days = new HashSet<DateOnly>();
        foreach (var v in Visits.Where(v => visitors.Contains(v.VisitorId) && (v.Start < From || v.End > To)))
            for (var day = DateOnly.FromDateTime(v.Start); day <= DateOnly.FromDateTime(v.End); day = day.AddDays(1))
                days.Add(day);
        return days;
    }

    /// <summary>Hashes of other times are not followed: what others did then changes nothing.</summary>
    IEnumerable<ulong> Ids(EventRow e) =>
        [e.VisitorId, e.UserHash, e.DeviceId, e.Timestamp >= From && e.Timestamp <= To ? e.CookielessId : 0];

    /// <summary>One for each person: nobody's visits depend on another's.</summary>
    internal List<Person> People()
    {
        var clusters = new IdClusters();
        foreach (var repair in Repairs)
            clusters.Join([repair.VisitorId, .. repair.Ids]);
        foreach (var e in Events)
            clusters.Join(Ids(e));
        foreach (var visitor in Visitors)
            clusters.Join([visitor.VisitorId, .. visitor.Aliases]);
        var copies = Events.ToLookup(e => clusters.Of(e.VisitorId));
        var visits = Visits.ToLookup(v => clusters.Of(v.VisitorId));
        var visitors = Visitors.ToLookup(v => clusters.Of(v.VisitorId));
        return [.. Repairs.GroupBy(r => clusters.Of(r.VisitorId)).Select(g => new Person(
            this, [.. g], InOrder(copies[g.Key].DistinctBy(e => (e.ChunkId, e.ChunkIndex))), [.. copies[g.Key]], [.. visits[g.Key]], [.. visitors[g.Key]]))];
    }

    static List<EventRow> InOrder(IEnumerable<EventRow> events) =>
        [.. events.OrderBy(e => e.Timestamp).ThenBy(e => e.Name == EventNames.Engagement).ThenBy(e => e.EventId)];

    internal sealed record Person(
        StoredHistory History, List<VisitRepair> Repairs, List<EventRow> Events, List<EventRow> Copies, List<VisitRow> Visits, List<VisitorRow> Visitors)
    {
        /// <summary>From the days in doubt, as a cookieless hash is somebody for a day, on to a silence on both sides.</summary>
        public bool IsEnclosed
        {
            get
            {
                var (from, to) = (Repairs.Min(r => r.From).Date, Repairs.Max(r => r.To).Date.AddDays(1));
                foreach (var e in Enumerable.Reverse(Events).Where(e => e.Timestamp < from).TakeWhile(e => from - e.Timestamp <= LongestTimeout))
                    from = e.Timestamp;
                foreach (var e in Events.Where(e => e.Timestamp > to).TakeWhile(e => e.Timestamp - to <= LongestTimeout))
                    to = e.Timestamp;
                return from - History.From > LongestTimeout && History.To - to > LongestTimeout;
            }
        }
    }
}
