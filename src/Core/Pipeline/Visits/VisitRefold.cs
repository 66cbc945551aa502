using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// The visits of one person once more, from the stored events in the order of their times, by the code that makes live
/// visits. Ids follow the order of arrival, so that what was right keeps its id.
/// </summary>
sealed class VisitRefold
{
    readonly StoredHistory.Person person;
    readonly PartitionState state = new();
    readonly List<VisitRow> before;
    readonly VisitRow[] earlier;
    readonly HashSet<(ulong, ulong)> inside;
    readonly Dictionary<KnownVisitor, KnownVisitor> names = [];
    readonly int siteId;

    public VisitRefold(StoredHistory.Person person, TimeSpan timeout)
    {
        this.person = person;
        siteId = person.Repairs[0].SiteId;
        inside = Inside();
        before = [.. person.Visits.Where(v => !inside.Contains((v.VisitorId, v.VisitId)))];
        earlier = [.. before.Where(v => person.Events.Count > 0 && v.Start < person.Events[0].Timestamp)];
        foreach (var id in Ids())
            Learn(id);
        var assigned = Fold(timeout);
        foreach (var id in before.Except(earlier).Select(v => v.VisitorId).Distinct())
            KeepName(id);
        Make(assigned);
        Number();
    }

    public List<RefoldedVisit> Visits { get; } = [];

    /// <summary>Each event with the visit it belongs to; null for engagement without one.</summary>
    public List<(EventRow Row, RefoldedVisit? Visit)> Events { get; } = [];

    /// <summary>Rows of the person's other visits whose number changes.</summary>
    public List<VisitRow> Renumbered { get; } = [];

    /// <summary>Visits that are none any more, and what took them over; themselves where nothing is left of them.</summary>
    public IEnumerable<(VisitRow Gone, ulong Into)> Gone()
    {
        var kept = Visits.Select(v => (v.Visitor.Id, v.VisitId)).ToHashSet();
        foreach (var v in person.Visits.Where(v => inside.Contains((v.VisitorId, v.VisitId)) && !kept.Contains((v.VisitorId, v.VisitId))))
            yield return (v, Successor(v.VisitId)?.VisitId ?? v.VisitId);
    }

    /// <summary>The visit that holds the event a visit has its id from, else any of its events.</summary>
    public RefoldedVisit? Successor(ulong visitId) =>
        Visits.Find(v => v.VisitId == visitId)
        ?? Events.Find(e => VisitId.Of(siteId, e.Row.EventId) == visitId).Visit
        ?? Events.Find(e => e.Row.VisitId == visitId && e.Visit is not null).Visit;

    public IEnumerable<VisitorRow> Visitors(ulong version)
    {
        foreach (var id in Ids())
        {
            var visitor = state.Visitors.Of(siteId, id);
            VisitRow[] visits = [.. before.Where(v => v.VisitorId == id), .. Visits.Where(v => v.Visitor.Id == id).Select(v => v.Row)];
            Summarise(visitor, visits);
            if (visits.Length > 0 || visitor.SameAs != 0 || person.Visitors.Exists(v => v.VisitorId == id))
                yield return visitor.ToRow(version);
        }
    }

    HashSet<(ulong, ulong)> Inside()
    {
        if (person.Events.Count == 0)
            return [];
        var (from, to) = (person.Events[0].Timestamp, person.Events[^1].Timestamp);
        var named = person.Events.Select(e => e.VisitId).ToHashSet();
        return [.. person.Visits.Where(v => named.Contains(v.VisitId) || (v.Start >= from && v.Start <= to)).Select(v => (v.VisitorId, v.VisitId))];
    }

    IEnumerable<ulong> Ids() => person.Visitors.Select(v => v.VisitorId)
        .Concat(person.Visits.Select(v => v.VisitorId))
        .Concat(person.Events.SelectMany(e => (ulong[])[e.VisitorId, e.UserHash, e.DeviceId, e.CookielessId]))
        .Where(id => id != 0).Distinct();

    /// <summary>What was known of an id when the events happened: its earlier visits.</summary>
    void Learn(ulong id)
    {
        var row = person.Visitors.Find(v => v.VisitorId == id);
        var visits = earlier.Where(v => v.VisitorId == id).ToArray();
        var visitor = row is null ? new KnownVisitor(siteId, id) : KnownVisitor.Of(row);
        if (visitor.SameAs != 0 ? !earlier.Any(v => v.VisitorId == visitor.SameAs) : visits.Length == 0)
            visitor = new KnownVisitor(siteId, id);
        Summarise(visitor, visits);
        state.Visitors.Learn(visitor);
    }

    static void Summarise(KnownVisitor visitor, VisitRow[] visits)
    {
        visitor.VisitCount = (uint)visits.Length;
        if (visits.MaxBy(v => (v.Start, v.VisitId)) is not { } last)
            (visitor.LastVisitId, visitor.LastVisitStart, visitor.LastVisitEnd) = (0, DateTime.UnixEpoch, DateTime.UnixEpoch);
        else
            (visitor.LastVisitId, visitor.LastVisitStart, visitor.LastVisitEnd) = (last.VisitId, last.Start, last.End);
        if (visits.Length > 0)
            visitor.FirstSeen = visits.Min(v => v.Start);
    }

    /// <summary>Who has later visits under an id of their own keeps that name, so that these need not change.</summary>
    void KeepName(ulong id)
    {
        foreach (var pointer in person.Visitors.Select(KnownVisitor.Of).Where(v => v.SameAs == id))
            if (state.Visitors.Of(siteId, pointer.Id) is { VisitCount: > 0, SameAs: 0 } same && !before.Exists(v => v.VisitorId == same.Id))
                LeadTo(id, same);
        var (kept, other) = (state.Visitors.Of(siteId, id), state.Visitors.Of(siteId, state.Visitors.Of(siteId, id).SameAs));
        if (kept.SameAs == 0 || before.Exists(v => v.VisitorId == other.Id))
            return;
        var pointers = other.Aliases.Where(a => a != id).Append(person.Events.Exists(e => e.CookielessId == other.Id) ? 0 : other.Id).Where(a => a != 0);
        kept.Become(other);
        kept.Aliases = [.. pointers];
        other.Become(new KnownVisitor(siteId, other.Id));
        foreach (var pointer in kept.Aliases)
            state.Visitors.Of(siteId, pointer).SameAs = id;
        names[other] = kept;
    }

    /// <summary>The store knows an id as another's: it was seen with it after the events.</summary>
    void LeadTo(ulong id, KnownVisitor same)
    {
        names[same] = state.Visitors.Of(siteId, id);
        if (names[same].VisitCount == 0)
            names[same].Become(same);
        same.Become(new KnownVisitor(siteId, same.Id) { SameAs = id, FirstSeen = same.FirstSeen, Mode = same.Mode });
        names[same].AddAlias(same.Id);
    }

    IReadOnlyList<(EventRow Row, OpenVisit? Visit)> Fold(TimeSpan timeout)
    {
        var draft = new ChunkDraft(Guid.Empty, person.Events.Count);
        var assignment = new VisitAssignment(state, draft);
        var hints = Hints();
        foreach (var e in person.Events)
        {
            var row = e with { VisitId = 0 };
            var ids = Identity.Of(row);
            if (!assignment.Assign(row, ids with { Hint = hints.GetValueOrDefault(ids.Cookieless) }, timeout))
                draft.Store(row, null);
        }
        return [.. draft.Assigned];
    }

    void Make(IReadOnlyList<(EventRow Row, OpenVisit? Visit)> assigned)
    {
        var made = assigned.Where(a => a.Visit is not null).GroupBy(a => a.Visit!, a => a.Row).ToDictionary(g => g.Key, Made);
        Visits.AddRange(made.Values);
        var byPlace = assigned.ToDictionary(a => (a.Row.ChunkId, a.Row.ChunkIndex), a => a.Visit);
        Events.AddRange(person.Events.Select(e => (e, byPlace[(e.ChunkId, e.ChunkIndex)] is { } visit ? made[visit] : null)));
    }

    /// <summary>Hashes of two days that came with one event: they are not stored with it.</summary>
    Dictionary<ulong, ulong> Hints()
    {
        var cookieless = person.Events.Select(e => e.CookielessId).ToHashSet();
        var hints = new Dictionary<ulong, ulong>();
        foreach (var repair in person.Repairs)
            if (repair.Ids.Where(cookieless.Contains).Distinct().ToArray() is [var a, var b])
                (hints[a], hints[b]) = (b, a);
        return hints;
    }

    RefoldedVisit Made(IGrouping<OpenVisit, EventRow> visit)
    {
        var v = visit.Key;
        var first = visit.Where(e => e.Name != Analytics.Events.EventNames.Engagement)
            .MinBy(e => (e.ReceivedAt, e.ChunkId, e.ChunkIndex))!;
        var visitor = state.Visitors.Durable(siteId, v.User, v.Consented, v.UserId) ?? names.GetValueOrDefault(v.Visitor, v.Visitor);
        if (visitor != names.GetValueOrDefault(v.Visitor, v.Visitor))
            foreach (var e in visit)
                visitor.Saw(v, e);
        var row = v.ToRow(0) with
        {
            VisitorId = visitor.Id, VisitId = VisitId.Of(siteId, first.EventId), FirstReceivedAt = VisitAssignment.FirstReceipt(first),
        };
        return new RefoldedVisit(row, v, visitor, [.. visit.SelectMany(e => Identity.Of(e).All()).Distinct()]);
    }

    void Number()
    {
        foreach (var visits in before.Concat(Visits.Select(v => v.Row)).GroupBy(v => v.VisitorId))
        {
            var number = 0u;
            foreach (var v in visits.OrderBy(v => v.Start).ThenBy(v => v.FirstReceivedAt).ThenBy(v => v.VisitId))
            {
                if (++number == v.VisitNumber)
                    continue;
                if (before.Contains(v))
                    Renumbered.Add(v with { VisitNumber = number });
                else
                    v.VisitNumber = number;
            }
        }
    }
}

/// <summary>A visit as it was made again.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Visit">Under the id it got first.</param>
/// <param name="Visitor">Who it is of.</param>
/// <param name="Ids">Every id that was seen in it.</param>
sealed record RefoldedVisit(VisitRow Row, OpenVisit Visit, KnownVisitor Visitor, ulong[] Ids)
{
    public ulong VisitId => Row.VisitId;
}
