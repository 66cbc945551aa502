using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>
/// Turns the events of a chunk into rows. Pure: the result is decided by the chunk and the partition's state, so that the
/// same chunk in the same state gives the same rows. May be shared by partitions; a state may not.
/// </summary>
public sealed class ChunkProcessor(EventPipeline pipeline)
{
    /// <summary>The data files are read at first use or by <see cref="Warm"/>.</summary>
    /// <param name="data">Where they are; by default only those that come with the product.</param>
    /// <param name="log">Told of data files that were replaced.</param>
    public static ChunkProcessor Create(DataFolder? data = null, ILogger? log = null) =>
        new(new EventPipeline(data ?? DataFolder.Shipped, log ?? NullLogger.Instance));

    /// <summary>Reads the data files now, so that the first chunk does not wait for them (about a second of one core).</summary>
    public void Warm() => pipeline.Warm();

    /// <summary>Reads the user agent of a row that is stored without what it tells (<see cref="EventRow.UserAgent"/>).</summary>
    /// <returns>As the row must be; the same again once it is so.</returns>
    public EventRow ReadLate(EventRow row) => pipeline.ReadLate(row);

    /// <param name="chunkId">The chunk.</param>
    /// <param name="events">Its events, in their order.</param>
    /// <param name="state">Of the chunk's partition; is changed. After an exception, or when the rows were given up, it is of no use any more.</param>
    /// <param name="sites">Rules of a site; null where it is unknown or deleted.</param>
    /// <param name="version">Version of all snapshots made here: greater than any used before.</param>
    /// <param name="stored">On redelivery, what the store already holds.</param>
    public ChunkResult Process(
        Guid chunkId, IReadOnlyList<ChunkEvent> events, PartitionState state, Func<int, SiteRules?> sites, ulong version,
        ReadBack? stored = null)
    {
        var draft = new ChunkDraft(chunkId, events.Count);
        var done = stored is null ? new Dictionary<int, EventRow>() : Restore(stored, state, sites, draft);
        var visits = new VisitAssignment(state, draft);
        var context = new EventContext { Budget = state.Budget };
        foreach (var e in events)
        {
            var site = sites(e.SiteId);
            draft.IsWatched |= site?.Alerts is not null;
            if (done.TryGetValue(e.Index, out var row))
                Done(e, row, stored!, draft);
            else
                Process(context, e, state, site, (visits, draft));
        }
        state.Visits.Sweep();
        state.Visitless.Forget(state.Visits.Newest);
        var result = draft.ToResult(version);
        return draft.IsWatched ? result with { Alerts = new VisitAlerts(state, sites).Of(Rows(draft, stored)) } : result;
    }

    /// <summary>All events of the chunk that are stored by now, in their order.</summary>
    static IEnumerable<(EventRow Row, OpenVisit? Visit)> Rows(ChunkDraft draft, ReadBack? stored)
    {
        if (stored is null)
            return draft.Assigned;
        var visits = draft.Touched.GroupBy(v => (v.Visitor.SiteId, v.VisitId)).ToDictionary(g => g.Key, g => ChunkDraft.Survivor(g.Last()));
        var gone = stored.Snapshots.Where(v => v.MergedInto != 0).ToDictionary(v => (v.SiteId, v.VisitId), v => v.MergedInto);
        OpenVisit? Of(EventRow row)
        {
            var id = row.VisitId;
            for (var hops = 0; hops < gone.Count && gone.TryGetValue((row.SiteId, id), out var into); hops++)
                id = into;
            return visits.GetValueOrDefault((row.SiteId, id));
        }
        return stored.ChunkRows.Select(r => (Row: r, Visit: Of(r))).Concat(draft.Assigned).OrderBy(r => r.Row.ChunkIndex);
    }

    /// <summary>
    /// Whoever stored it may not have got as far as telling what else followed from it (ids that stand for a visitor, what is
    /// known of that one): that is left to the repair.
    /// </summary>
    static void Done(in ChunkEvent e, EventRow row, ReadBack stored, ChunkDraft draft)
    {
        draft.Count(e, Outcomes.Stored);
        if (!stored.IsComplete && Identity.Of(e) is { IsEmpty: false } ids)
            draft.Repair(row, ids);
    }

    void Process(EventContext context, in ChunkEvent e, PartitionState state, SiteRules? site, (VisitAssignment Visits, ChunkDraft Draft) to)
    {
        var (visits, draft) = to;
        if (site is null)
            draft.Count(e, Outcomes.Excluded, DropReasons.SiteDeleted);
        else if (e.Unreadable is { } unreadable)
            Invalid(e, "Reading", unreadable.Error, draft);
        else if (state.Recent.IsDuplicate(e.SiteId, e.Event.Id, draft.ChunkId, e.Index))
            draft.Count(e, Outcomes.Duplicate);
        else
        {
            context.Begin(e, EventRows.Of(e, draft.ChunkId), site);
            Run(context, state, visits, draft);
        }
    }

    static void Invalid(in ChunkEvent e, string step, Exception error, ChunkDraft draft)
    {
        draft.Faults.Add(new EventFault(e.Index, step, error));
        draft.Count(e, Outcomes.Invalid, DropReasons.NotProcessable);
    }

    void Run(EventContext e, PartitionState state, VisitAssignment visits, ChunkDraft draft)
    {
        if (pipeline.Run(e) is var (step, error))
        {
            draft.Faults.Add(new EventFault(e.Source.Index, step, error));
            e.Drop(Outcomes.Invalid, DropReasons.NotProcessable);
        }
        if (e.Dropped is null)
            Judge(e);
        if (e.Dropped is null && !visits.Assign(e.Row, Identity.Of(e.Source), e.Site.VisitTimeout))
            e.Drop(Outcomes.Excluded, DropReasons.EngagementWithoutVisit);
        if (e.Dropped is null)
            state.Recent.Remember(Seen(e.Row));
        draft.Count(e.Source, e.Dropped?.Outcome ?? Outcomes.Stored, e.Dropped?.Reason ?? "");
    }

    static void Judge(EventContext e)
    {
        if (e.Site.DropsBots && e.Row.BotScore >= EventRow.BotThreshold)
            e.Drop(Outcomes.Excluded, DropReasons.Bot);
    }

    /// <summary>Rebuilds the visits of the rows that are stored, so that their snapshots are made again where they may be missing.</summary>
    static Dictionary<int, EventRow> Restore(ReadBack stored, PartitionState state, Func<int, SiteRules?> sites, ChunkDraft draft)
    {
        var ids = stored.VisitRows.OrderBy(r => r.Timestamp)
            .Select(r => new VisitIds(r.SiteId, r.VisitId, r.DeviceId, r.UserHash, r.CookielessId)).ToLookup(i => (i.SiteId, i.VisitId));
        foreach (var row in stored.IsComplete ? [] : stored.Visits())
            if (sites(row.SiteId) is { } site)
            {
                var visit = state.Restore(row, site.VisitTimeout, ids[(row.SiteId, row.VisitId)]);
                visit.PreviousEnd = visit.PreviousEnd == default ? stored.PreviousEnds.GetValueOrDefault((row.SiteId, row.VisitId)) : visit.PreviousEnd;
                draft.Touch(visit);
            }
        state.Restore(stored.ChunkRows.Select(Seen));
        return stored.ChunkRows.ToDictionary(r => (int)r.ChunkIndex);
    }

    static SeenEvent Seen(EventRow r) => new(r.SiteId, r.EventId, r.ChunkId, r.ChunkIndex, r.ReceivedAt);
}
