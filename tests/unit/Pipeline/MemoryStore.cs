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
    readonly Dictionary<(ulong, ulong), VisitRow> visits = [];
    readonly Dictionary<ulong, VisitorRow> visitors = [];
    readonly List<VisitRepair> repairs = [];
    PartitionState state = new();
    ulong version;

    public List<EventRow> Events { get; private set; } = [];
    public int Outcomes { get; private set; }
    public int Repaired { get; private set; }
    public IReadOnlyList<VisitRepair> Waiting => repairs;
    public List<VisitRow> Visits => [.. visits.Values.Where(v => v.MergedInto == 0)];
    public IReadOnlyCollection<VisitorRow> Visitors => visitors.Values;

    /// <param name="chunk">Events with their minute of receipt.</param>
    public void Take(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk)
    {
        var result = Process(Guid.CreateVersion7(), Chunk(chunk), back: null);
        Put(result.Visits, result.Visitors);
    }

    /// <summary>The worker dies after it stored the events, before their visits; the chunk comes again to the next one.</summary>
    public void TakeTwice(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk)
    {
        var (id, events) = (Guid.CreateVersion7(), Chunk(chunk));
        Process(id, events, back: null);
        Restart(events.Min(e => e.ReceivedAt));
        var result = Process(id, events, Back(id));
        Put(result.Visits, result.Visitors);
    }

    static ChunkEvent[] Chunk(IEnumerable<(CollectedEvent Event, double ReceivedAt)> chunk) =>
        [.. chunk.Select((s, i) => new ChunkEvent(i, Site, At(s.ReceivedAt), s.Event))];

    ChunkResult Process(Guid id, ChunkEvent[] events, ReadBack? back)
    {
        while (state.UnknownVisitors(events, back) is { Count: > 0 } unknown)
            state.Learn(unknown, visitors.Values.Where(v => unknown.Contains(new VisitorKey(v.SiteId, v.VisitorId))).Select(v => v with { }));
        var result = Processor.Process(id, events, state, Sites, ++version, back);
        repairs.AddRange(result.Repairs);
        Events.AddRange(result.Events.Select(e => e with { }));
        Outcomes += result.Ledger.Sum(l => l.Events);
        return result;
    }

    /// <summary>As the worker reads it.</summary>
    ReadBack? Back(Guid id)
    {
        EventRow[] rows = [.. Events.Where(e => e.ChunkId == id)];
        if (rows.Length == 0)
            return null;
        var ids = rows.Select(r => r.VisitId).Where(v => v != 0).ToHashSet();
        while (visits.Values.Any(v => (ids.Contains(v.VisitId) || ids.Contains(v.MergedInto)) && (ids.Add(v.VisitId) | (v.MergedInto != 0 && ids.Add(v.MergedInto))))) { }
        return new ReadBack(rows, [.. Events.Where(e => ids.Contains(e.VisitId)).Select(e => e with { })],
            [.. visits.Values.Where(v => ids.Contains(v.VisitId)).OrderByDescending(v => v.Version).DistinctBy(v => v.VisitId)]);
    }

    /// <summary>Another worker takes over; its memory is filled from what is stored.</summary>
    void Restart(DateTime asOf)
    {
        state = new PartitionState();
        state.Learn([], visitors.Values.Select(v => v with { }));
        state.Restore(Visits.Where(v => v.End >= asOf.AddMinutes(-41)), _ => TimeSpan.FromMinutes(30),
            Events.Select(e => new VisitIds(Site, e.VisitId, e.DeviceId, e.UserHash, e.CookielessId)));
    }

    public void Repair()
    {
        foreach (var repair in repairs)
            Repair([repair]);
        repairs.Clear();
    }

    public void RebuildAll(bool forget)
    {
        if (forget)
        {
            visits.Clear();
            visitors.Clear();
            Restart(DateTime.MinValue.AddDays(1));
        }
        repairs.AddRange(Events.Where(e => e.VisitorId != 0).GroupBy(e => e.VisitorId).Select(g =>
            new VisitRepair(Site, g.Key, [g.Key], g.Min(e => e.Timestamp), g.Max(e => e.Timestamp))));
        Repair();
    }

    void Repair(List<VisitRepair> some)
    {
        var history = Read(some);
        version += 2;
        var result = VisitRepairs.Make(history, Sites(Site)!, state, version - 1);
        Put(result.Visits, result.Visitors);
        var changed = result.Relabels.Concat(result.Moves).ToDictionary(e => (e.ChunkId, e.ChunkIndex));
        Events = [.. Events.Select(e => changed.GetValueOrDefault((e.ChunkId, e.ChunkIndex)) ?? e)];
        Repaired += changed.Count;
    }

    StoredHistory Read(List<VisitRepair> some)
    {
        HashSet<ulong> asked = [];
        var history = new StoredHistory(some, DateTime.MinValue, DateTime.MaxValue, [], [], []);
        while (history.Unasked(asked).Count > 0)
            history = history with
            {
                Events = [.. Events.Where(e => asked.Contains(e.VisitorId) || asked.Contains(e.CookielessId)).Select(e => e with { })],
                Visits = [.. Visits.Where(v => asked.Contains(v.VisitorId))],
                Visitors = [.. visitors.Values.Where(v => asked.Contains(v.VisitorId))],
            };
        return history;
    }

    void Put(IEnumerable<VisitRow> newVisits, IEnumerable<VisitorRow> newVisitors)
    {
        foreach (var v in newVisits)
            if (!visits.TryGetValue((v.VisitorId, v.VisitId), out var old) || old.Version <= v.Version)
                visits[(v.VisitorId, v.VisitId)] = v with { };
        foreach (var v in newVisitors)
            visitors[v.VisitorId] = v with { };
    }
}
