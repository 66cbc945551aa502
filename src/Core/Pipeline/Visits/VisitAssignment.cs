using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// Finds the visit and the visitor of an event, or starts them. The only step with memory, and the last one. Given events in
/// the order of their times it makes the visits that count; what another order makes different is left to the repair.
/// </summary>
/// <param name="state">Of the partition, or of the people whose visits are made again.</param>
/// <param name="draft">Takes the rows.</param>
/// <param name="inOrder">Events come in the order of their times, all that there are: nothing is in doubt.</param>
sealed class VisitAssignment(PartitionState state, ChunkDraft draft, bool inOrder = false)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    readonly List<OpenVisit> found = [];
    readonly VisitorChanges changes = new(state.Visitors, draft);
    bool isInDoubt;

    /// <param name="row">The event; is told its visit and visitor.</param>
    /// <param name="ids">Its ids.</param>
    /// <param name="timeout">Visit timeout of its site.</param>
    /// <returns>False where the event cannot be stored: engagement of nobody, which no visit can ever take.</returns>
    public bool Assign(EventRow row, in Identity ids, TimeSpan timeout)
    {
        if (ids.IsEmpty && row.Name == EventNames.Engagement)
            return false;
        isInDoubt = !ids.IsEmpty && (IsLate(row) || state.Visitless.MayFollow(ids, row.Timestamp));
        state.Visits.Advance(row.Timestamp);
        var visit = Find(ids, row, timeout) ?? Start(ids, row);
        if (visit is not null)
            Add(visit, ids, row, timeout);
        else if (!ids.IsEmpty)
            Wait(ids, row);
        if (isInDoubt && !inOrder)
            draft.Repair(row, ids);
        draft.Store(row, visit);
        return true;
    }

    /// <summary>Engagement whose visit may be closed, or still to come: it counts nowhere until a visit takes it.</summary>
    void Wait(in Identity ids, EventRow row)
    {
        row.VisitorId = state.Visitors.Resolve(ids, row.UserId).Id;
        if (!inOrder)
            state.Visitless.Add(ids.SiteId, ids.All(), row.Timestamp);
    }

    /// <summary>Its visit may be closed, or in the memory of an owner before this one.</summary>
    bool IsLate(EventRow row) =>
        row.Timestamp + OpenVisits.Lateness < row.ReceivedAt || row.Timestamp + OpenVisits.Lateness < state.Visits.Newest;

    OpenVisit? Find(in Identity ids, EventRow row, TimeSpan timeout)
    {
        found.Clear();
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless, ids.CookielessOther])
            state.Visits.Find(ids.SiteId, id, found);
        Doubt(ids, row);
        for (var i = found.Count - 1; i >= 0; i--)
            if (!IsSamePerson(found[i].User, found[i].Consented, ids.User, ids.Consented) || !Reaches(found[i], row, timeout))
                found.RemoveAt(i);
        if (found.Count > 1)
            found.Sort(static (a, b) => (a.Start, a.VisitId).CompareTo((b.Start, b.VisitId)));
        var begins = row.Name != EventNames.Engagement;
        if (found.Count == 0 || (!begins && found[0].Start > row.Timestamp))
            return null;
        var visit = found[0];
        for (var i = 1; i < found.Count; i++)
            visit = Joined(visit, found[i]);
        return visit;
    }

    /// <summary>
    /// An event from before the end of a visit finds one that is longer, or knows more ids, than it was at the event's time:
    /// near its 24 hours, or where people share a weak id, it could have gone another way.
    /// </summary>
    void Doubt(in Identity ids, EventRow row)
    {
        foreach (var v in found)
            if (row.Timestamp <= v.End
                && (found.Count > 1 || v.User != ids.User || v.Consented != ids.Consented || v.End - row.Timestamp > Longest - v.Timeout))
                isInDoubt = true;
    }

    /// <summary>An event between two visits that reaches both makes them one, under the id of the one that arrived first.</summary>
    OpenVisit Joined(OpenVisit a, OpenVisit b)
    {
        if (!IsSamePerson(a.User, a.Consented, b.User, b.Consented) || b.End - a.Start > Longest)
            return a;
        isInDoubt = true;
        var isFirst = inOrder || (a.FirstReceivedAt, a.VisitId).CompareTo((b.FirstReceivedAt, b.VisitId)) <= 0;
        var (kept, gone) = isFirst ? (a, b) : (b, a);
        kept.Merge(gone);
        draft.Touch(gone);
        if (gone.Visitor.VisitCount > 0)
            gone.Visitor.VisitCount--;
        if (inOrder)
            changes.Joined(kept, gone.Visitor);
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

    OpenVisit? Start(in Identity ids, EventRow row)
    {
        if (row.Name == EventNames.Engagement || ids.IsEmpty)
            return null;
        var visitor = state.Visitors.Resolve(ids, row.UserId);
        isInDoubt |= visitor.LastVisitEnd >= row.Timestamp || state.Visitors.WasSeenSince(ids, row.Timestamp);
        var previous = visitor.VisitCount > 0 ? visitor.LastVisitEnd : default;
        visitor.VisitCount++;
        return new OpenVisit(VisitId.Of(ids.SiteId, row.EventId), visitor, FirstReceipt(row)) { Number = visitor.VisitCount, PreviousEnd = previous };
    }

    /// <summary>
    /// Of imported history its own time: visits are kept by the month of their first receipt and looked for within the
    /// lateness bound of their start.
    /// </summary>
    public static DateTime FirstReceipt(EventRow row) =>
        row.ReceivedAt - row.Timestamp > EventLimits.Lateness ? row.Timestamp : row.ReceivedAt;

    void Add(OpenVisit visit, in Identity ids, EventRow row, TimeSpan timeout)
    {
        if (!inOrder && visit.End != DateTime.MinValue)
            Doubt(visit, ids, row);
        visit.Add(row);
        if (row.Name != EventNames.Engagement)
            visit.Share(state.Shared, row.Timestamp);
        (visit.Touched, visit.Timeout) = (state.Visits.Newest, timeout);
        visit.User = ids.User != 0 ? ids.User : visit.User;
        visit.Consented = ids.Consented != 0 ? ids.Consented : visit.Consented;
        if (ids.IsDurable)
            Settle(visit, ids.SiteId);
        visit.Visitor.Saw(visit, row);
        draft.Touch(visit);
        Remember(visit, ids);
        (row.VisitId, row.VisitorId) = (visit.VisitId, visit.Visitor.Id);
    }

    /// <summary>What it tells of its visitor, of who began the visit or of their other visits may not have been the last word then.</summary>
    void Doubt(OpenVisit visit, in Identity ids, EventRow row)
    {
        var visitor = visit.Visitor;
        if (row.Name != EventNames.Engagement && row.Timestamp < visit.Start)
            isInDoubt |= visitor.VisitCount > 1 || state.Visitors.Resolve(ids, row.UserId) != visitor
                || (row.Timestamp < visitor.FirstSeen && visitor.Aliases.Length > 0);
        if ((ids.User != 0 && ids.User != visit.User) || (ids.Consented != 0 && ids.Consented != visit.Consented))
            isInDoubt |= visitor.LastVisitEnd >= row.Timestamp || state.Visitors.WasSeenSince(ids, row.Timestamp);
        if (row.Timestamp <= visit.End || row.Timestamp <= visitor.LastVisitEnd)
            isInDoubt |= visitor.WouldLearn(row);
    }

    /// <summary>The ids seen in a visit are known as somebody's: it is theirs.</summary>
    void Settle(OpenVisit visit, int siteId)
    {
        if (state.Visitors.Durable(siteId, visit.User, visit.Consented, visit.UserId) is not { } known || known == visit.Visitor)
            return;
        isInDoubt = true;
        if (inOrder)
            changes.Move(visit, known);
    }

    /// <summary>So that the visit is found by each of its ids, and the visitor by the durable ones later.</summary>
    void Remember(OpenVisit visit, in Identity ids)
    {
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented, ids.Cookieless, ids.CookielessOther])
            state.Visits.Add(ids.SiteId, id, visit);
        foreach (var id in (ReadOnlySpan<ulong>)[ids.User, ids.Consented])
            if (state.Visitors.Link(id, visit.Visitor) is { } pointer)
                draft.Touch(pointer);
    }
}
