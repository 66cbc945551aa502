using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>Finds the visit and the visitor of an event, or starts them. The only step with memory, and the last one.</summary>
sealed class VisitAssignment(PartitionState state, ChunkDraft draft)
{
    static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    readonly List<OpenVisit> found = [];

    /// <returns>False where the event cannot be stored: engagement without a visit.</returns>
    public bool Assign(EventContext e)
    {
        state.Visits.Advance(e.Row.Timestamp);
        var ids = Identity.Of(e.Row.SiteId, e.Event);
        var visit = Find(ids, e) ?? Start(ids, e);
        if (visit is not null)
            Add(visit, ids, e);
        else if (e.Row.Name == EventNames.Engagement)
            return false;
        draft.Store(e.Row, visit);
        return true;
    }

    OpenVisit? Find(in Identity ids, EventContext e)
    {
        found.Clear();
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless, ids.CookielessYesterday])
            state.Visits.Find(ids.SiteId, id, found);
        for (var i = found.Count - 1; i >= 0; i--)
            if (!IsSamePerson(found[i].User, found[i].Consented, ids.User, ids.Consented) || !Reaches(found[i], e.Row, e.Site.VisitTimeout))
                found.RemoveAt(i);
        if (found.Count > 1)
            found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var begins = e.Row.Name != EventNames.Engagement;
        if (found.Count == 0 || (!begins && found[0].Start > e.Row.Timestamp))
            return null;
        var visit = found[0];
        for (var i = 1; i < found.Count; i++)
            visit = Joined(visit, found[i]);
        return visit;
    }

    /// <summary>An event between two visits that reaches both makes them one, under the id of the one that arrived first.</summary>
    OpenVisit Joined(OpenVisit a, OpenVisit b)
    {
        if (!IsSamePerson(a.User, a.Consented, b.User, b.Consented) || b.End - a.Start > Longest)
            return a;
        var (kept, gone) = (b.FirstReceivedAt, b.VisitId).CompareTo((a.FirstReceivedAt, a.VisitId)) < 0 ? (b, a) : (a, b);
        kept.Merge(gone);
        draft.Touch(gone);
        if (gone.Visitor.VisitCount > 0)
            gone.Visitor.VisitCount--;
        return kept;
    }

    /// <summary>Two user ids, or two devices without a common user, are two people; all else may be one.</summary>
    static bool IsSamePerson(ulong userA, ulong consentedA, ulong userB, ulong consentedB) =>
        userA != 0 && userB != 0 ? userA == userB : consentedA == 0 || consentedB == 0 || consentedA == consentedB;

    static bool Reaches(OpenVisit v, EventRow e, TimeSpan timeout)
    {
        var (start, end) = (e.Timestamp < v.Start ? e.Timestamp : v.Start, e.Timestamp > v.End ? e.Timestamp : v.End);
        return end - start <= Longest
            && e.Timestamp - v.End <= timeout
            && v.Start - e.Timestamp <= timeout;
    }

    OpenVisit? Start(in Identity ids, EventContext e)
    {
        if (e.Row.Name == EventNames.Engagement || ids.IsEmpty)
            return null;
        var visitor = state.Visitors.Resolve(ids, e.Row.UserId);
        visitor.VisitCount++;
        return new OpenVisit(VisitId.Of(ids.SiteId, e.Row.EventId), visitor, e.Row.ReceivedAt) { Number = visitor.VisitCount };
    }

    void Add(OpenVisit visit, in Identity ids, EventContext e)
    {
        visit.Add(e.Row);
        if (e.Row.Name != EventNames.Engagement)
            visit.Share(state.Shared, e.Row.Timestamp);
        (visit.Touched, visit.Timeout) = (state.Visits.Newest, e.Site.VisitTimeout);
        visit.User = ids.User != 0 ? ids.User : visit.User;
        visit.Consented = ids.Consented != 0 ? ids.Consented : visit.Consented;
        visit.Visitor.Saw(visit, e.Row);
        draft.Touch(visit);
        Remember(visit, ids);
        (e.Row.VisitId, e.Row.VisitorId) = (visit.VisitId, visit.Visitor.Id);
        visit.Attribution!.CopyTo(e.Row);
    }

    /// <summary>So that the visit is found by each of its ids, and the visitor by the durable ones later.</summary>
    void Remember(OpenVisit visit, in Identity ids)
    {
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless])
            state.Visits.Add(ids.SiteId, id, visit);
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented])
            if (state.Visitors.Link(id, visit.Visitor) is { } pointer)
                draft.Touch(pointer);
    }
}
