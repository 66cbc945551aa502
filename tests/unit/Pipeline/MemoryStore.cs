using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>One partition's worker with tables that are lists: what is live, what is stored, and the repair between them.</summary>
sealed class MemoryStore
{
    static readonly TimeSpan RecentWindow = TimeSpan.FromMinutes(11);

    readonly Dictionary<(ulong, ulong), VisitRow> visits = [];
    readonly Dictionary<ulong, VisitorRow> visitors = [];
    readonly Dictionary<ulong, VisitRepair> repairs = [];
    PartitionState state = new();
    ulong version;

    public List<EventRow> Events { get; private set; } = [];
    public int Outcomes { get; private set; }
    public int Repaired { get; private set; }
    public IReadOnlyCollection<VisitRepair> Waiting => repairs.Values;
    public List<VisitRow> Visits => [.. visits.Values.Where(v => v.MergedInto == 0)];

    /// <summary>Without those of whom nothing is left.</summary>
    public List<VisitorRow> Visitors => [.. visitors.Values.Where(v => v.VisitCount > 0 || v.Aliases.Length > 0)];

    /// <param name="chunk">Events with their minute of receipt.</param>
    public (Guid Id, ChunkEvent[] Events) Take(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk)
    {
        var (id, events) = (Guid.CreateVersion7(), Chunk(chunk));
        var result = Process(id, events, back: null);
        Put(result.Visits, result.Visitors);
        return (id, events);
    }

    /// <summary>A worker stores the events and dies before their visits. The next one takes over.</summary>
    public (Guid Id, ChunkEvent[] Events) TakeCutOff(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk)
    {
        var (id, events) = (Guid.CreateVersion7(), Chunk(chunk));
        Process(id, events, back: null);
        Restart(events.Min(e => e.ReceivedAt));
        return (id, events);
    }

    /// <param name="id">A chunk that is stored.</param>
    /// <param name="events">Its events.</param>
    /// <param name="isComplete">Its worker knows that it got through.</param>
    public void TakeAgain(Guid id, ChunkEvent[] events, bool isComplete)
    {
        var result = Process(id, events, Back([.. Events.Where(e => e.ChunkId == id)]) is { } back ? back with { IsComplete = isComplete } : null);
        Put(result.Visits, result.Visitors);
    }

    static ChunkEvent[] Chunk(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk) =>
        [.. chunk.Select((s, i) => new ChunkEvent(i, Site, At(s.ReceivedAt), s.Event))];

    ChunkResult Process(Guid id, ChunkEvent[] events, ReadBack? back)
    {
        while (state.UnknownVisitors(events, back) is { Count: > 0 } unknown)
            state.Learn(unknown, visitors.Values.Where(v => unknown.Contains(new VisitorKey(v.SiteId, v.VisitorId))).Select(v => v with { }));
        var result = Processor.Process(id, events, state, Sites, ++version, back);
        foreach (var repair in result.Repairs)
            Add(repair);
        Events.AddRange(result.Events.Select(e => e with { }));
        Outcomes += result.Ledger.Sum(l => l.Events);
        return result;
    }

    /// <summary>As the queue does.</summary>
    void Add(VisitRepair repair) => repairs[repair.VisitorId] = repairs.TryGetValue(repair.VisitorId, out var w)
        ? new(Site, w.VisitorId, [.. w.Ids.Union(repair.Ids)], w.From < repair.From ? w.From : repair.From, w.To > repair.To ? w.To : repair.To)
        : repair;

    /// <summary>As the worker reads it.</summary>
    ReadBack? Back(EventRow[] rows)
    {
        if (rows.Length == 0)
            return null;
        var ids = rows.Select(r => r.VisitId).Where(v => v != 0).ToHashSet();
        while (visits.Values.Any(v => (ids.Contains(v.VisitId) || ids.Contains(v.MergedInto)) && (ids.Add(v.VisitId) | (v.MergedInto != 0 && ids.Add(v.MergedInto))))) { }
        return new ReadBack(rows, [.. Events.Where(e => ids.Contains(e.VisitId)).Select(e => e with { })],
            [.. visits.Values.Where(v => ids.Contains(v.VisitId)).OrderByDescending(v => v.Version).DistinctBy(v => v.VisitId)]);
    }

    /// <summary>Another worker takes over; its memory is filled from what is stored.</summary>
    public void Restart(DateTime asOf)
    {
        state = new PartitionState();
        var since = asOf.AddMinutes(-30) - RecentWindow;
        List<VisitRow> open = [.. Visits.Where(v => v.End >= since)];
        var rows = visits.Values.Where(v => v.MergedInto == 0).ToLookup(v => v.VisitId);
        EventRow[] ahead = [.. Events.Where(e => e.ReceivedAt >= since && e.VisitId != 0).GroupBy(e => e.VisitId)
            .Where(g => rows[g.Key].FirstOrDefault() is not { } v || g.Min(e => e.Timestamp) < v.Start || g.Max(e => e.Timestamp) > v.End).SelectMany(g => g)];
        if (Back(ahead) is { } back)
            open.AddRange(back.Visits());
        state.Learn([], visitors.Values.Select(v => v with { }));
        var first = open.Select(v => v.Start).Append(asOf - RecentWindow).Min();
        state.Restore(open, _ => TimeSpan.FromMinutes(30), Events.Where(e => e.Timestamp >= first)
            .GroupBy(e => new VisitIds(Site, e.VisitId, e.DeviceId, e.UserHash, e.CookielessId))
            .Select(g => g.Key with { LastAt = g.Max(e => e.Timestamp) }).OrderBy(i => i.LastAt));
    }

    public void Repair()
    {
        foreach (var repair in repairs.Values.OrderBy(r => r.From).ToList())
            Repair([repair]);
        repairs.Clear();
    }

    /// <summary>Every day again, as a rebuild does.</summary>
    public void RebuildAll(bool forget)
    {
        if (forget)
        {
            visits.Clear();
            visitors.Clear();
            Restart(DateTime.MaxValue.AddDays(-1));
        }
        foreach (var day in Events.Select(e => e.Timestamp.Date).Distinct().Order().ToList())
        {
            foreach (var visitor in Events.Where(e => e.Timestamp.Date == day && e.VisitorId != 0).Select(e => e.VisitorId).Distinct())
                Add(new VisitRepair(Site, visitor, [visitor], day, day.AddDays(1).AddMilliseconds(-1)));
            Repair();
        }
    }

    void Repair(List<VisitRepair> some)
    {
        var history = Queries.ReadAsync(some).GetAwaiter().GetResult()!;
        version += 2;
        var result = VisitRepairs.Make(history, Sites(Site)!, state, version - 1);
        Put(result.Visits, result.Visitors);
        var changed = result.Relabels.Concat(result.Moves).ToDictionary(e => (e.ChunkId, e.ChunkIndex));
        Events = [.. Events.Select(e => changed.GetValueOrDefault((e.ChunkId, e.ChunkIndex)) ?? e)];
        Repaired += changed.Count;
    }

    HistoryQueries Queries => new(
        (ids, from, to) => Copies(e => e.Timestamp >= from && e.Timestamp <= to && (ids.Contains(e.VisitorId) || ids.Contains(e.CookielessId))),
        (ids, days) => Copies(e => ids.Contains(e.VisitorId) && days.Contains(DateOnly.FromDateTime(e.Timestamp))),
        (ids, since) => Task.FromResult(Events.Where(e => e.Timestamp >= since && (ids.Contains(e.DeviceId) || ids.Contains(e.UserHash))).Select(e => e.VisitorId).Distinct().ToList()),
        ids => Task.FromResult(Visits.Where(v => ids.Contains(v.VisitorId)).Select(v => v with { }).ToList()),
        ids => Task.FromResult(visitors.Values.Where(v => ids.Contains(v.VisitorId)).Select(v => v with { }).ToList()));

    Task<List<EventRow>> Copies(Func<EventRow, bool> wanted) => Task.FromResult(Events.Where(wanted).Select(e => e with { }).ToList());

    void Put(IEnumerable<VisitRow> newVisits, IEnumerable<VisitorRow> newVisitors)
    {
        foreach (var v in newVisits)
            if (!visits.TryGetValue((v.VisitorId, v.VisitId), out var old) || old.Version <= v.Version)
                visits[(v.VisitorId, v.VisitId)] = v with { };
        foreach (var v in newVisitors)
            visitors[v.VisitorId] = v with { };
    }
}
