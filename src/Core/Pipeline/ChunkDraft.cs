using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>What a chunk has become so far.</summary>
/// <param name="chunkId">The chunk.</param>
/// <param name="events">How many events it has.</param>
sealed class ChunkDraft(Guid chunkId, int events)
{
    readonly Dictionary<(int SiteId, DateTime Minute, string Outcome, string Reason), int> ledger = [];
    readonly List<(EventRow Row, OpenVisit? Visit)> rows = new(events);
    readonly HashSet<OpenVisit> visits = [];
    readonly Dictionary<VisitorKey, KnownVisitor> visitors = [];

    public Guid ChunkId => chunkId;
    readonly Dictionary<VisitorKey, (HashSet<ulong> Ids, DateTime From, DateTime To)> repairs = [];

    public List<EventFault> Faults { get; } = [];

    /// <summary>An event is of a site with alert rules.</summary>
    public bool IsWatched { get; set; }

    /// <summary>Visits touched so far.</summary>
    public IReadOnlyCollection<OpenVisit> Touched => visits;

    public void Count(in ChunkEvent e, string outcome, string reason = "")
    {
        var minute = new DateTime(e.ReceivedAt.Ticks - e.ReceivedAt.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc);
        var key = (e.SiteId, minute, outcome, reason);
        ledger[key] = ledger.GetValueOrDefault(key) + 1;
    }

    public void Store(EventRow row, OpenVisit? visit) => rows.Add((row, visit));

    /// <summary>Every event with the visit it is in by now.</summary>
    public IEnumerable<(EventRow Row, OpenVisit? Visit)> Assigned => rows.Select(r => (r.Row, Survivor(r.Visit)));

    public void Touch(OpenVisit visit)
    {
        visits.Add(visit);
        Touch(visit.Visitor);
    }

    public void Touch(KnownVisitor visitor) => visitors[new VisitorKey(visitor.SiteId, visitor.Id)] = visitor;

    /// <param name="row">An event whose visit is in doubt.</param>
    /// <param name="ids">Its ids.</param>
    public void Repair(EventRow row, in Identity ids)
    {
        var key = new VisitorKey(row.SiteId, row.VisitorId);
        var repair = repairs.GetValueOrDefault(key, ([key.VisitorId], row.Timestamp, row.Timestamp));
        repair.Ids.UnionWith(ids.All());
        if (ids.Pair != 0)
            repair.Ids.Add(ids.Pair);
        repairs[key] = (repair.Ids, row.Timestamp < repair.From ? row.Timestamp : repair.From, row.Timestamp > repair.To ? row.Timestamp : repair.To);
    }

    public ChunkResult ToResult(ulong version)
    {
        RelabelMerged();
        var result = new ChunkResult(
            [.. rows.Select(r => r.Row)],
            [.. visits.Where(v => v.MergedInto is null || v.IsStored).Select(v => v.ToRow(version))],
            [.. visitors.Values.Select(v => v.ToRow(version))],
            [.. ledger.Select(l => new LedgerRow(l.Key.SiteId, l.Key.Minute, chunkId, l.Key.Outcome, l.Key.Reason, l.Value))],
            [.. ledger.GroupBy(l => l.Key.SiteId).Select(Summary)],
            [.. repairs.Select(r => new VisitRepair(r.Key.SiteId, r.Key.VisitorId, [.. r.Value.Ids], r.Value.From, r.Value.To))],
            Faults);
        foreach (var visit in visits)
            visit.IsStored = true;
        return result;
    }

    /// <summary>Rows of this chunk in a visit that another one took over later in the chunk.</summary>
    void RelabelMerged()
    {
        foreach (var (row, visit) in rows)
            if (visit?.MergedInto is not null && Survivor(visit) is { } into)
                (row.VisitId, row.VisitorId) = (into.VisitId, into.Visitor.Id);
    }

    public static OpenVisit? Survivor(OpenVisit? visit)
    {
        while (visit?.MergedInto is { } into)
            visit = into;
        return visit;
    }

    static SiteSummary Summary(
        IGrouping<int, KeyValuePair<(int SiteId, DateTime Minute, string Outcome, string Reason), int>> site)
    {
        int Sum(Func<string, bool> outcome) => site.Where(l => outcome(l.Key.Outcome)).Sum(l => l.Value);
        return new SiteSummary(
            site.Key, Sum(o => o == Outcomes.Stored), Sum(o => o == Outcomes.Duplicate),
            Sum(o => o is not (Outcomes.Stored or Outcomes.Duplicate)));
    }
}
