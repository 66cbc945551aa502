using System.Runtime.InteropServices;
using SaaS.Analytics.Pipeline.Visitors;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>The open visits of a partition, found by any id that was seen in them.</summary>
sealed class OpenVisits
{
    /// <summary>Events this late still find their visit here; later ones are left to the repair.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromMinutes(5);
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Under each id its one visit, or a <see cref="Crowd"/> where there are more.</summary>
    readonly Dictionary<VisitorKey, object> slots = [];
    int search;
    DateTime sweptAt = DateTime.MinValue;

    /// <summary>Newest event time seen: the clock of the partition.</summary>
    public DateTime Newest { get; private set; } = DateTime.MinValue;

    /// <summary>Open visits by id; a visit with two ids counts twice.</summary>
    public int Count => slots.Count;

    public void Advance(DateTime timestamp)
    {
        if (timestamp > Newest)
            Newest = timestamp;
    }

    public void Add(int siteId, ulong id, OpenVisit visit)
    {
        if (id == 0)
            return;
        // By a quarter, not by doubling: a million visits take enough memory as it is.
        if (slots.Count == slots.Capacity)
            slots.EnsureCapacity(slots.Count + slots.Count / 4 + 1);
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(slots, new VisitorKey(siteId, id), out _);
        if (slot is Crowd crowd)
            crowd.Add(visit, this);
        else if (slot is not OpenVisit one || IsClosed(one))
            slot = visit;
        else if (one != visit)
            slot = new Crowd(one, visit);
    }

    /// <summary>Puts a visit under the ids that were seen in it, in place of an earlier state of the same visit.</summary>
    public void Put(OpenVisit visit, IReadOnlyCollection<ulong> ids)
    {
        OfIds(visit.Visitor.SiteId, ids).Find(v => v.VisitId == visit.VisitId)?.Replace(visit);
        foreach (var id in ids)
            Add(visit.Visitor.SiteId, id, visit);
    }

    /// <summary>No visit is found by these ids any more.</summary>
    public void Remove(int siteId, IEnumerable<ulong> ids)
    {
        foreach (var id in ids)
            slots.Remove(new VisitorKey(siteId, id));
    }

    /// <summary>Adds to <paramref name="found"/> the open visits in which an id was seen, each once.</summary>
    public void Find(int siteId, ulong id, List<OpenVisit> found)
    {
        if (id == 0 || !slots.TryGetValue(new VisitorKey(siteId, id), out var slot))
            return;
        if (found.Count == 0)
            search++;
        if (slot is OpenVisit one)
            AddOpen(one, found);
        else
            foreach (var visit in ((Crowd)slot).Visits)
                AddOpen(visit, found);
    }

    /// <summary>The open visits in which any of the ids was seen.</summary>
    public List<OpenVisit> OfIds(int siteId, IEnumerable<ulong> ids)
    {
        var found = new List<OpenVisit>();
        foreach (var id in ids)
            Find(siteId, id, found);
        return found;
    }

    void AddOpen(OpenVisit visit, List<OpenVisit> found)
    {
        var open = Survivor(visit);
        if (open.Search == search || IsClosed(open))
            return;
        open.Search = search;
        found.Add(open);
    }

    /// <summary>Forgets what is closed; at most once a minute, as it looks at every visit.</summary>
    public void Sweep()
    {
        if (Newest - sweptAt < SweepInterval)
            return;
        sweptAt = Newest;
        foreach (var (key, slot) in slots)
            if (slot is Crowd crowd ? crowd.IsEmptyAfterSweep(this) : IsClosed((OpenVisit)slot))
                slots.Remove(key);
    }

    static OpenVisit Survivor(OpenVisit visit)
    {
        while (visit.MergedInto is { } into)
            visit = into;
        return visit;
    }

    bool IsClosed(OpenVisit visit) => Survivor(visit) is var v && v.Touched + v.Timeout + Lateness < Newest;

    /// <summary>
    /// More than one visit under an id: a few of a person, or thousands where people share a weak id (an office behind one
    /// address). What is closed is taken out now and then, so that one more costs the same however many there are.
    /// </summary>
    sealed class Crowd(OpenVisit first, OpenVisit second)
    {
        const int Few = 8;
        HashSet<OpenVisit>? known;
        int sweepAt = Few;

        public List<OpenVisit> Visits { get; } = [first, second];

        public void Add(OpenVisit visit, OpenVisits owner)
        {
            if (known?.Contains(visit) ?? Visits.Contains(visit))
                return;
            if (Visits.Count >= sweepAt)
                Sweep(owner);
            Visits.Add(visit);
            known?.Add(visit);
        }

        public bool IsEmptyAfterSweep(OpenVisits owner)
        {
            Sweep(owner);
            return Visits.Count == 0;
        }

        void Sweep(OpenVisits owner)
        {
            Visits.RemoveAll(owner.IsClosed);
            sweepAt = Math.Max(Few, 2 * Visits.Count);
            known = Visits.Count > Few ? [.. Visits] : null;
        }
    }
}
