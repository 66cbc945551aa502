using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Makes visits again from what is stored, and puts what became of open ones into the partition's state.</summary>
public static class VisitRepairs
{
    /// <param name="history">What is stored of some people of one site.</param>
    /// <param name="site">The site.</param>
    /// <param name="state">Of the site's partition; null where it is not filled, and will be from what is stored.</param>
    /// <param name="version">Version of the tombstones; the other rows have the next one, as a visit may change its visitor and keep its id.</param>
    public static RepairResult Make(StoredHistory history, SiteRules site, PartitionState? state, ulong version)
    {
        var result = new RepairResult([], [], [], []);
        foreach (var person in history.People())
        {
            var fold = new VisitRefold(person, site.VisitTimeout);
            var one = Result(person, fold, version);
            state?.Take(fold, one.Visitors, site.VisitTimeout);
            result = new(
                [.. result.Visits, .. one.Visits], [.. result.Visitors, .. one.Visitors], [.. result.Relabels, .. one.Relabels],
                [.. result.Moves, .. one.Moves]);
        }
        return result;
    }

    static RepairResult Result(StoredHistory.Person person, VisitRefold fold, ulong version)
    {
        var old = person.Visits.ToLookup(v => (v.VisitorId, v.VisitId));
        var visits = fold.Visits.Select(v => v.Row with { Version = version + 1 }).Where(v => !old[(v.VisitorId, v.VisitId)].Any(o => Same(o, v)))
            .Concat(fold.Gone().Select(g => g.Gone with { Version = version, MergedInto = g.Into }));
        var known = person.Visitors.ToLookup(v => v.VisitorId);
        var visitors = fold.Visitors(version + 1).Where(v => !known[v.VisitorId].Any(o => Same(o, v)));
        var copies = person.Copies.ToLookup(e => (e.ChunkId, e.ChunkIndex));
        var (relabels, moves) = (new List<EventRow>(), new List<EventRow>());
        foreach (var (row, visit) in fold.Events)
        {
            var wanted = row with { VisitId = visit?.VisitId ?? 0, VisitorId = visit?.Visitor.Id ?? row.VisitorId };
            if (copies[(row.ChunkId, row.ChunkIndex)].Any(e => e.VisitorId != wanted.VisitorId))
                moves.Add(wanted);
            else if (row.VisitId != wanted.VisitId)
                relabels.Add(wanted);
        }
        return new([.. visits], [.. visitors], relabels, moves);
    }

    static bool Same(VisitRow a, VisitRow b) => a with { Version = 0 } == b with { Version = 0 };

    static bool Same(VisitorRow a, VisitorRow b) =>
        a with { Version = 0, Aliases = b.Aliases, Traits = b.Traits } == b with { Version = 0 }
        && a.Aliases.SequenceEqual(b.Aliases) && a.Traits.SequenceEqual(b.Traits);
}
