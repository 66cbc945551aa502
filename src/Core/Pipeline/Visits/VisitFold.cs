using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Rebuilds visits from their stored events, with the code that made them.</summary>
public static class VisitFold
{
    /// <param name="rows">All stored rows of the visits wanted, in any order; rows without a visit are passed over.</param>
    /// <param name="version">Version of the rows returned.</param>
    /// <param name="gone">Tombstones: rows of these visits are counted to the visit that took them over.</param>
    /// <returns>One row a visit; <see cref="VisitRow.VisitNumber"/> is 0, as events do not hold it.</returns>
    public static List<VisitRow> Fold(IEnumerable<EventRow> rows, ulong version, IEnumerable<VisitRow>? gone = null)
    {
        var into = (gone ?? []).Where(v => v.MergedInto != 0).ToDictionary(v => (v.SiteId, v.VisitId), v => v.MergedInto);
        return [.. rows.Where(r => r.VisitId != 0).GroupBy(r => (r.SiteId, Survivor(r.SiteId, r.VisitId, into)))
            .Select(g => One(g.Key.Item2, [.. g])).Where(v => v.Events > 0).Select(v => v.ToRow(version))];
    }

    static ulong Survivor(int siteId, ulong visitId, Dictionary<(int, ulong), ulong> into)
    {
        for (var hops = 0; hops < into.Count && into.TryGetValue((siteId, visitId), out var next); hops++)
            visitId = next;
        return visitId;
    }

    static OpenVisit One(ulong visitId, EventRow[] rows)
    {
        var ordered = rows.OrderBy(r => r.ReceivedAt).ThenBy(r => r.ChunkId).ThenBy(r => r.ChunkIndex).ToArray();
        var first = ordered.FirstOrDefault(r => VisitId.Of(r.SiteId, r.EventId) == visitId) ?? ordered[0];
        var visit = new OpenVisit(visitId, new KnownVisitor(first.SiteId, first.VisitorId), first.ReceivedAt);
        visit.Add(first);
        foreach (var row in ordered)
            if (!ReferenceEquals(row, first))
                visit.Add(row);
        return visit;
    }
}
