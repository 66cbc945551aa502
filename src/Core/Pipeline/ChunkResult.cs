using SaaS.Analytics.Alerts;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline;

/// <summary>The rows that one chunk becomes.</summary>
/// <param name="Events">Rows to insert; on redelivery only those that were not stored yet.</param>
/// <param name="Visits">Snapshots of every visit the chunk touched, tombstones (<c>merged_into</c> ≠ 0) included.</param>
/// <param name="Visitors">Snapshots of every visitor the chunk touched.</param>
/// <param name="Ledger"><c>stored</c>, <c>duplicate</c>, <c>excluded</c> and <c>invalid</c> of all the chunk's events.</param>
/// <param name="Sites">The same, per site.</param>
/// <param name="Repairs">Visits that the order of arrival may have made different: to be recorded before the events are stored.</param>
/// <param name="Faults">Events a step could not digest; they are in the ledger as <c>invalid: not_processable</c>.</param>
public sealed record ChunkResult(
    IReadOnlyList<EventRow> Events,
    IReadOnlyList<VisitRow> Visits,
    IReadOnlyList<VisitorRow> Visitors,
    IReadOnlyList<LedgerRow> Ledger,
    IReadOnlyList<SiteSummary> Sites,
    IReadOnlyList<VisitRepair> Repairs,
    IReadOnlyList<EventFault> Faults)
{
    /// <summary>Alert rules that fired; on redelivery those of the stored events too.</summary>
    public IReadOnlyList<VisitAlert> Alerts { get; init; } = [];
}

/// <summary>A visitor whose visits must be made again from the stored events.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="VisitorId">Who the first event was taken for; 0 where it found no visit.</param>
/// <param name="Ids">Every id of the events, also those that are not stored, and which hashes came together; each once.</param>
/// <param name="From">Time of the first event in doubt, UTC.</param>
/// <param name="To">Time of the last one, UTC.</param>
public sealed record VisitRepair(int SiteId, ulong VisitorId, IReadOnlyList<ulong> Ids, DateTime From, DateTime To);

/// <summary>An event that made a step throw.</summary>
public sealed record EventFault(int Index, string Step, Exception Error);

/// <summary>What ClickHouse already holds of a redelivered chunk.</summary>
/// <param name="ChunkRows">Stored rows of this chunk.</param>
/// <param name="VisitRows">
/// All stored rows of the visits in <paramref name="ChunkRows"/>, of those that took them over and of all these took over;
/// rows of other chunks included.
/// </param>
/// <param name="Snapshots">The newest snapshot of each of these visits that has one, tombstones included.</param>
public sealed record ReadBack(
    IReadOnlyCollection<EventRow> ChunkRows, IReadOnlyCollection<EventRow> VisitRows, IReadOnlyCollection<VisitRow> Snapshots)
{
    /// <summary>Who asks has written all that became of the chunk before: only what its events were counted as is wanted.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Of visits on sites that ask: the end of the visitor's visit before, by site and visit.</summary>
    public IReadOnlyDictionary<(int SiteId, ulong VisitId), DateTime> PreviousEnds { get; init; } = new Dictionary<(int, ulong), DateTime>();

    /// <summary>The visits as their stored rows make them, which may be more than their snapshots know.</summary>
    public IEnumerable<VisitRow> Visits()
    {
        var numbers = Snapshots.ToDictionary(v => (v.SiteId, v.VisitId), v => v.VisitNumber);
        foreach (var visit in VisitFold.Fold(VisitRows, version: 0, Snapshots))
        {
            visit.VisitNumber = numbers.GetValueOrDefault((visit.SiteId, visit.VisitId));
            yield return visit;
        }
    }
}
