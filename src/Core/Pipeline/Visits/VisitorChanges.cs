using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// Gives visits to the visitor they turn out to be of, where all events of the people are at hand. Both visitors are then
/// what they would be had it been known from the visit's first event on.
/// </summary>
/// <param name="visitors">What is known of the people.</param>
/// <param name="draft">Their events so far, in the order of their times.</param>
sealed class VisitorChanges(KnownVisitors visitors, ChunkDraft draft)
{
    public void Move(OpenVisit visit, KnownVisitor to)
    {
        var from = visit.Visitor;
        visit.Visitor = to;
        to.VisitCount++;
        if (from.VisitCount > 0)
            from.VisitCount--;
        Tell(from);
        Tell(to);
        Link(visit);
    }

    /// <summary>A visit took over another one, which had this visitor.</summary>
    public void Joined(OpenVisit visit, KnownVisitor other)
    {
        if (other == visit.Visitor)
            return;
        Tell(other);
        Tell(visit.Visitor);
        Link(visit);
    }

    /// <summary>Makes a visitor that of its events, and lets go of ids that came with none of them.</summary>
    public void Tell(KnownVisitor visitor)
    {
        var count = visitor.VisitCount;
        var rows = draft.Assigned.Where(a => a.Visit?.Visitor == visitor).ToList();
        visitor.Forget();
        visitor.VisitCount = count;
        foreach (var (row, visit) in rows)
            visitor.Saw(visit!, row);
        var ids = rows.SelectMany(r => Durable(r.Row)).ToHashSet();
        foreach (var id in visitor.Aliases.Where(a => !ids.Contains(a)))
            visitors.Unlink(id, visitor);
    }

    void Link(OpenVisit visit)
    {
        foreach (var (row, _) in draft.Assigned.Where(a => a.Visit == visit))
            foreach (var id in Durable(row))
                visitors.Link(id, visit.Visitor);
    }

    static ulong[] Durable(EventRow row) => [row.UserHash, row.DeviceId];
}
