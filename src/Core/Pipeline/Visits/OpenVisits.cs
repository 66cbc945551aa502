using System.Runtime.InteropServices;
using SaaS.Analytics.Pipeline.Visitors;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>The open visits of a partition, found by any id that was seen in them.</summary>
sealed class OpenVisits
{
    /// <summary>Events this late still find their visit here; later ones are left to the repair.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromMinutes(5);
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    readonly Dictionary<VisitorKey, Slot> slots = [];
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
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(slots, new VisitorKey(siteId, id), out _);
        if (slot.IsEmpty)
            slot = new Slot(visit, null);
        else if (slot.One != visit || slot.Others is not null)
            slot = slot.With(visit, IsClosed);
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
        AddOpen(slot.One!, found);
        if (slot.Others is { } others)
            foreach (var visit in others)
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
        if (Survivor(visit) is var open && !IsClosed(open) && !found.Contains(open))
            found.Add(open);
    }

    /// <summary>Forgets what is closed; at most once a minute, as it looks at every visit.</summary>
    public void Sweep()
    {
        if (Newest - sweptAt < SweepInterval)
            return;
        sweptAt = Newest;
        foreach (var (key, slot) in slots)
            if (slot.Without(IsClosed) is { IsEmpty: false } rest)
                slots[key] = rest;
            else
                slots.Remove(key);
    }

    static OpenVisit Survivor(OpenVisit visit)
    {
        while (visit.MergedInto is { } into)
            visit = into;
        return visit;
    }

    bool IsClosed(OpenVisit visit) => Survivor(visit) is var v && v.Touched + v.Timeout + Lateness < Newest;

    /// <summary>Visits under one id: nearly always one.</summary>
    readonly record struct Slot(OpenVisit? One, OpenVisit[]? Others)
    {
        public bool IsEmpty => One is null;

        public Slot With(OpenVisit visit, Func<OpenVisit, bool> isClosed) => Of([.. All().Where(v => v != visit && !isClosed(v)), visit]);

        public Slot Without(Func<OpenVisit, bool> isClosed) =>
            One is null || (Others is null && !isClosed(One)) ? this : Of([.. All().Where(v => !isClosed(v))]);

        IEnumerable<OpenVisit> All() => One is null ? [] : Others is null ? [One] : Others.Prepend(One);

        static Slot Of(OpenVisit[] visits) => visits switch
        {
            [] => default,
            [var one] => new Slot(one, null),
            _ => new Slot(visits[0], visits[1..]),
        };
    }
}
