using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// The visits of one person once more, from all stored events in the order of their times, by the code that makes live
/// visits. What was right keeps its id.
/// </summary>
sealed class VisitRefold
{
    readonly StoredHistory.Person person;
    readonly PartitionState state = new(visitorCapacity: int.MaxValue);
    readonly VisitRow[] untouched;

    public VisitRefold(StoredHistory.Person person, TimeSpan timeout)
    {
        this.person = person;
        SiteId = person.Repairs[0].SiteId;
        Ids = [.. person.Visitors.Select(v => v.VisitorId).Concat(person.Visits.Select(v => v.VisitorId))
            .Concat(person.Events.SelectMany(e => (ulong[])[e.VisitorId, e.UserHash, e.DeviceId, e.CookielessId]))
            .Concat(person.Repairs.SelectMany(r => r.Ids)).Where(id => id != 0).Distinct()];
        Make(Fold(timeout));
        untouched = [.. person.Visits.Where(IsUntouched)];
        Number();
    }

    public int SiteId { get; }

    /// <summary>Every id of the person.</summary>
    public IReadOnlyCollection<ulong> Ids { get; }

    public List<RefoldedVisit> Visits { get; } = [];

    /// <summary>Each event with the visit it belongs to; null for engagement without one.</summary>
    public List<(EventRow Row, RefoldedVisit? Visit)> Events { get; } = [];

    /// <summary>Visits that are none any more, and what took them over; themselves where nothing is left of them.</summary>
    public IEnumerable<(VisitRow Gone, ulong Into)> Gone()
    {
        var kept = Visits.Select(v => (v.Visitor.Id, v.VisitId)).ToHashSet();
        foreach (var v in person.Visits.Except(untouched).Where(v => !kept.Contains((v.VisitorId, v.VisitId))))
            yield return (v, Successor(v.VisitId)?.VisitId ?? v.VisitId);
    }

    /// <summary>The visit that holds the event a visit has its id from, else any of its events.</summary>
    public RefoldedVisit? Successor(ulong visitId) =>
        Visits.Find(v => v.VisitId == visitId)
        ?? Events.Find(e => VisitId.Of(SiteId, e.Row.EventId) == visitId).Visit
        ?? Events.Find(e => e.Row.VisitId == visitId && e.Visit is not null).Visit;

    public IEnumerable<VisitorRow> Visitors(ulong version)
    {
        foreach (var id in Ids)
        {
            var visitor = state.Visitors.Of(SiteId, id);
            VisitRow[] visits = [.. untouched.Where(v => v.VisitorId == id), .. Visits.Where(v => v.Visitor.Id == id).Select(v => v.Row)];
            if (visitor.SameAs != 0)
                visitor.FirstSeen = state.Visitors.Of(SiteId, visitor.SameAs).FirstSeen;
            else
                Summarise(visitor, visits);
            if (visits.Length > 0 || visitor.SameAs != 0 || person.Visitors.Exists(v => v.VisitorId == id))
                yield return visitor.ToRow(version);
        }
    }

    /// <summary>A visit of another time whose events are gone from the store stays as it is.</summary>
    bool IsUntouched(VisitRow v) => (v.End < person.History.From || v.Start > person.History.To)
        && !person.Events.Exists(e => e.VisitId == v.VisitId) && !Visits.Exists(made => made.VisitId == v.VisitId);

    static void Summarise(KnownVisitor visitor, VisitRow[] visits)
    {
        visitor.VisitCount = (uint)visits.Length;
        if (visits.MaxBy(v => (v.Start, v.VisitId)) is not { } last)
            visitor.Become(new KnownVisitor(visitor.SiteId, visitor.Id));
        else
            (visitor.LastVisitId, visitor.LastVisitStart, visitor.LastVisitEnd) = (last.VisitId, last.Start, last.End);
        if (visits.Length > 0)
            visitor.FirstSeen = visits.Min(v => v.Start);
    }

    IReadOnlyList<(EventRow Row, OpenVisit? Visit)> Fold(TimeSpan timeout)
    {
        var draft = new ChunkDraft(Guid.Empty, person.Events.Count);
        var assignment = new VisitAssignment(state, draft, inOrder: true);
        var hashes = new OtherHashes(person);
        foreach (var e in person.Events)
        {
            var row = e with { VisitId = 0 };
            if (!assignment.Assign(row, Identity.Of(row, hashes.Of(e)), timeout))
                draft.Store(row, null);
        }
        var changes = new VisitorChanges(state.Visitors, draft);
        foreach (var visitor in draft.Assigned.Where(a => a.Visit is not null).Select(a => a.Visit!.Visitor).Distinct().ToList())
            changes.Tell(visitor);
        return [.. draft.Assigned];
    }

    void Make(IReadOnlyList<(EventRow Row, OpenVisit? Visit)> assigned)
    {
        var labels = person.Events.ToDictionary(e => (e.ChunkId, e.ChunkIndex), e => e.VisitId);
        var made = assigned.Where(a => a.Visit is not null).GroupBy(a => a.Visit!, a => a.Row)
            .ToDictionary(g => g.Key, g => Made(g, [.. g.Select(e => labels[(e.ChunkId, e.ChunkIndex)])]));
        Visits.AddRange(made.Values);
        var byPlace = assigned.ToDictionary(a => (a.Row.ChunkId, a.Row.ChunkIndex), a => a.Visit);
        Events.AddRange(person.Events.Select(e => (e, byPlace[(e.ChunkId, e.ChunkIndex)] is { } visit ? made[visit] : null)));
    }

    /// <summary>
    /// A visit has its id from the event that began it when it arrived. Several collectors do not agree on who was first, so
    /// that an id which events are labelled with already is kept.
    /// </summary>
    RefoldedVisit Made(IGrouping<OpenVisit, EventRow> visit, HashSet<ulong> labels)
    {
        var counted = visit.Where(e => e.Name != EventNames.Engagement).ToList();
        var labelled = counted.Where(e => labels.Contains(VisitId.Of(SiteId, e.EventId))).ToList();
        var first = (labelled.Count > 0 ? labelled : counted).MinBy(e => (VisitAssignment.FirstReceipt(e), VisitId.Of(SiteId, e.EventId)))!;
        var row = visit.Key.ToRow(0) with
        {
            VisitId = VisitId.Of(SiteId, first.EventId), MergedInto = 0, FirstReceivedAt = VisitAssignment.FirstReceipt(first),
        };
        return new RefoldedVisit(row, visit.Key, [.. visit.SelectMany(e => Identity.Of(e, other: 0).All()).Distinct()]);
    }

    void Number()
    {
        foreach (var visits in untouched.Concat(Visits.Select(v => v.Row)).GroupBy(v => v.VisitorId))
        {
            var number = 0u;
            foreach (var v in visits.OrderBy(v => v.Start).ThenBy(v => v.FirstReceivedAt).ThenBy(v => v.VisitId))
            {
                number++;
                if (!untouched.Contains(v))
                    v.VisitNumber = number;
            }
        }
    }
}

/// <summary>A visit as it was made again.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Visit">Under the id it got first.</param>
/// <param name="Ids">Every id that was seen in it.</param>
sealed record RefoldedVisit(VisitRow Row, OpenVisit Visit, ulong[] Ids)
{
    public ulong VisitId => Row.VisitId;
    public KnownVisitor Visitor => Visit.Visitor;
}
