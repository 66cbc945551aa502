using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>What must be written so that the visits of some people are those of their events.</summary>
/// <param name="Visits">Changed visits, and tombstones of those that are gone.</param>
/// <param name="Visitors">Changed visitors.</param>
/// <param name="Relabels">Events that belong to another visit of the same visitor.</param>
/// <param name="Moves">Events that belong to another visitor, as they must be.</param>
public sealed record RepairResult(
    IReadOnlyList<VisitRow> Visits, IReadOnlyList<VisitorRow> Visitors, IReadOnlyList<EventRow> Relabels, IReadOnlyList<EventRow> Moves)
{
    /// <summary>UTC days in which a visit or an event changes.</summary>
    public IReadOnlyList<(int SiteId, DateOnly Day)> Days =>
        [.. Visits.Select(v => (v.SiteId, v.Start)).Concat(Relabels.Concat(Moves).Select(e => (e.SiteId, e.Timestamp)))
            .Select(x => (x.SiteId, DateOnly.FromDateTime(x.Item2))).Distinct()];
}
