using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Rebuilds visits from their stored events, with the code that made them.</summary>
public static class VisitFold
{
    /// <param name="rows">All stored rows of the visits wanted, in any order; rows without a visit are passed over.</param>
    /// <param name="version">Version of the rows returned.</param>
    /// <returns>One row a visit; <see cref="VisitRow.VisitNumber"/> is 0, as events do not hold it.</returns>
    public static List<VisitRow> Fold(IEnumerable<EventRow> rows, ulong version) =>
        [.. rows.Where(r => r.VisitId != 0).GroupBy(r => (r.SiteId, r.VisitId)).Select(g => One([.. g]).ToRow(version))];

    static OpenVisit One(EventRow[] rows)
    {
        var ordered = rows.OrderBy(r => r.ReceivedAt).ThenBy(r => r.ChunkId).ThenBy(r => r.ChunkIndex).ToArray();
        var first = ordered.FirstOrDefault(r => VisitId.Of(r.SiteId, r.EventId) == r.VisitId) ?? ordered[0];
        var visit = new OpenVisit(first.VisitId, new KnownVisitor(first.SiteId, first.VisitorId), first.ReceivedAt);
        visit.Add(first);
        foreach (var row in ordered)
            if (!ReferenceEquals(row, first))
                visit.Add(row);
        return visit;
    }
}
