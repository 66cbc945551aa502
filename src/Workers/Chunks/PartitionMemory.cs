using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Live;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Fills a partition's state from what ClickHouse holds.</summary>
public sealed class PartitionMemory(AnalyticStore store, SiteCatalog sites, LiveBoard live, Patience patience)
{
    /// <summary>Duplicates are looked for this far back.</summary>
    static readonly TimeSpan DuplicateWindow = TimeSpan.FromHours(24);

    /// <summary>Within this the state itself knows every event id.</summary>
    static readonly TimeSpan RecentWindow = TimeSpan.FromMinutes(11);

    static readonly TimeSpan LongestVisit = TimeSpan.FromHours(24);

    /// <summary>Two events of one visit are received within this time of each other.</summary>
    static readonly TimeSpan LongestReceipt = LongestVisit + EventLimits.Lateness;

    /// <param name="partition">The partition.</param>
    /// <param name="asOf">Receipt (UTC) of the first event that will come.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public async Task<PartitionState> RestoreAsync(int partition, DateTime asOf, CancellationToken cancel)
    {
        var state = new PartitionState();
        var mine = await sites.OfPartitionAsync(partition, cancel);
        if (mine.Count == 0) return state;
        var since = asOf - mine.Max(s => s.VisitTimeout) - RecentWindow;
        int[] ids = [.. mine.Select(s => s.SiteId)];
        var open = await patience.UntilThereAsync(c => store.Visits.EndedSinceAsync(ids, since, c), cancel);
        open.AddRange(await AheadAsync(ids, since, cancel));
        await LearnAsync(state, [.. open.Select(v => (v.SiteId, v.VisitorId)).Distinct()], cancel);
        var first = open.Select(v => v.Start).Append(asOf - RecentWindow).Min();
        var named = await patience.UntilThereAsync(c => store.Events.IdsSinceAsync(ids, first, c), cancel);
        state.Restore(open, site => sites.Rules(site)?.VisitTimeout ?? TimeSpan.FromMinutes(30), named);
        foreach (var ((siteId, visitId), (visitorId, end)) in await EndsAsync(open, cancel)) state.Remember(siteId, visitorId, visitId, end);
        var recent = await patience.UntilThereAsync(c => store.Events.ReceivedSinceAsync(ids, asOf - RecentWindow, c), cancel);
        state.Restore(recent.Select(Seen), allSince: asOf - RecentWindow);
        live.Restore(await patience.UntilThereAsync(c => store.Events.HeardSinceAsync(ids, asOf - LiveBoard.ActiveFor, c), cancel));
        return state;
    }

    /// <summary>Looks up what the chunk's events need and the state does not know: visitors, and duplicates of older events.</summary>
    public async Task PrepareAsync(PartitionState state, IReadOnlyList<ChunkEvent> events, ReadBack? back, CancellationToken cancel)
    {
        while (state.UnknownVisitors(events, back) is { Count: > 0 } unknown)
            await LearnAsync(state, [.. unknown.Select(k => (k.SiteId, k.VisitorId))], cancel);
        var suspected = state.SuspectedDuplicates(events);
        if (suspected.Count == 0) return;
        var since = suspected.Min(e => e.ReceivedAt) - DuplicateWindow;
        var found = await patience.UntilThereAsync(c => store.Events.FindAsync(
            suspected.Select(e => e.SiteId).Distinct(), suspected.Select(e => e.Event.Id).Distinct(), since, c), cancel);
        state.Restore(found.Select(Seen));
    }

    /// <summary>What is stored of a chunk that may have been here before; null where nothing is.</summary>
    /// <param name="chunkId">The chunk.</param>
    /// <param name="events">Its events.</param>
    /// <param name="isComplete">All that became of it was written: what its visits became since is not asked for.</param>
    /// <param name="cancel">Ends the wait for the store.</param>
    public async Task<ReadBack?> ReadBackAsync(Guid chunkId, IReadOnlyList<ChunkEvent> events, bool isComplete, CancellationToken cancel)
    {
        if (events.Count == 0) return null;
        int[] ids = [.. events.Select(e => e.SiteId).Distinct()];
        var rows = await patience.UntilThereAsync(c => store.Events.OfChunkAsync(
            chunkId, ids, events.Min(e => e.Event.Timestamp), events.Max(e => e.Event.Timestamp), c), cancel);
        // What alert rules say of it may not have been heard: only the visits tell.
        if (isComplete && (rows.Count == 0 || !ids.Any(id => sites.Rules(id)?.Alerts is not null))) return new ReadBack(rows, [], []) { IsComplete = true };
        return rows.Count == 0 ? null : await OfVisitsAsync(ids, rows, cancel);
    }

    /// <summary>
    /// Visits of events that were stored by a chunk which was cut off before their snapshots. It comes again, but maybe not
    /// as the next one, and the next one must not begin these visits once more.
    /// </summary>
    async Task<IEnumerable<VisitRow>> AheadAsync(int[] sites, DateTime since, CancellationToken cancel)
    {
        var rows = await patience.UntilThereAsync(c => store.Events.AheadOfVisitsAsync(sites, since, c), cancel);
        return rows.Count == 0 ? [] : (await OfVisitsAsync(sites, rows, cancel)).Visits();
    }

    async Task<ReadBack> OfVisitsAsync(int[] ids, List<EventRow> rows, CancellationToken cancel)
    {
        var (visits, snapshots) = await VisitsAsync(ids, rows, cancel);
        var visitRows = await patience.UntilThereAsync(c => store.Events.OfVisitsAsync(
            ids, visits, rows.Min(r => r.Timestamp) - LongestVisit, rows.Max(r => r.Timestamp) + LongestVisit, c), cancel);
        var back = new ReadBack(rows, visitRows, snapshots);
        if (!ids.Any(AsksForReturns)) return back;
        var ends = await EndsAsync(back.Visits(), cancel);
        return back with { PreviousEnds = ends.ToDictionary(e => e.Key, e => e.Value.End) };
    }

    bool AsksForReturns(int siteId) => sites.Rules(siteId)?.Alerts is { AsksForReturns: true };

    /// <summary>When the visits before some visits ended, on sites with rules that ask for it.</summary>
    async Task<Dictionary<(int SiteId, ulong VisitId), (ulong VisitorId, DateTime End)>> EndsAsync(IEnumerable<VisitRow> visits, CancellationToken cancel)
    {
        var ends = new Dictionary<(int, ulong), (ulong, DateTime)>();
        foreach (var site in visits.Where(v => v.VisitNumber != 1).GroupBy(v => v.SiteId).Where(s => AsksForReturns(s.Key)))
        {
            var spans = await patience.UntilThereAsync(c => store.Visits.SpansAsync(site.Key, site.Select(v => v.VisitorId).Distinct(), c), cancel);
            var ofVisitor = spans.ToLookup(s => s.VisitorId);
            foreach (var visit in site)
                if (ofVisitor[visit.VisitorId].Where(s => s.VisitId != visit.VisitId && s.Start < visit.Start).Select(s => s.End).DefaultIfEmpty().Max() is var end && end != default)
                    ends[(site.Key, visit.VisitId)] = (visit.VisitorId, end);
        }
        return ends;
    }

    /// <summary>The visits of the rows and all that became one with them, followed until no more are found.</summary>
    async Task<(HashSet<ulong> Visits, List<VisitRow> Snapshots)> VisitsAsync(int[] sites, List<EventRow> rows, CancellationToken cancel)
    {
        var (from, to) = (rows.Min(r => r.ReceivedAt) - LongestReceipt, rows.Max(r => r.ReceivedAt) + LongestReceipt);
        var visits = rows.Select(r => r.VisitId).Where(v => v != 0).ToHashSet();
        var snapshots = new List<VisitRow>();
        for (ulong[] asked = [.. visits]; asked.Length > 0;)
        {
            var found = await patience.UntilThereAsync(c => store.Visits.WithMergedAsync(sites, asked, from, to, c), cancel);
            snapshots.AddRange(found);
            asked = [.. found.SelectMany(v => (ulong[])[v.VisitId, v.MergedInto]).Where(v => v != 0 && visits.Add(v))];
        }
        return (visits, [.. snapshots.OrderByDescending(v => v.Version).DistinctBy(v => (v.SiteId, v.VisitId))]);
    }

    async Task LearnAsync(PartitionState state, List<(int SiteId, ulong VisitorId)> asked, CancellationToken cancel)
    {
        if (asked.Count == 0) return;
        var found = await patience.UntilThereAsync(c => store.Visitors.FindAsync(
            asked.Select(k => k.SiteId).Distinct(), asked.Select(k => k.VisitorId).Distinct(), c), cancel);
        state.Learn(asked.Select(k => new Pipeline.Visitors.VisitorKey(k.SiteId, k.VisitorId)), found);
    }

    static SeenEvent Seen(StoredId e) => new(e.SiteId, e.EventId, e.ChunkId, e.ChunkIndex, e.ReceivedAt);
}
