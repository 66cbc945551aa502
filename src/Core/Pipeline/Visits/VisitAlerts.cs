using SaaS.Analytics.Alerts;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>
/// Asks the alert rules of a chunk's sites about its events, when all of the chunk is known: a visit that begins, a visitor
/// who is identified, an event a rule names. Decided by the chunk and what is stored, so that a repeat says the same.
/// </summary>
sealed class VisitAlerts(PartitionState state, Func<int, SiteRules?> sites)
{
    /// <summary>Visits of one chunk that a rule tells one by one; more would be a flood that nobody reads. The next one says how many more there were.</summary>
    public const int MostOfRule = 20;

    /// <summary>What was sent later than this after it happened is history: nobody is on the site any more.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    readonly Dictionary<Guid, int> fired = [];
    readonly HashSet<(Guid, ulong)> told = [];
    readonly List<VisitAlert> alerts = [];

    /// <summary>For each rule that fired oftener, the place of the alert that counts the rest.</summary>
    readonly Dictionary<Guid, int> rest = [];

    /// <param name="rows">The chunk's stored events with their visits, in their order.</param>
    public IReadOnlyList<VisitAlert> Of(IEnumerable<(EventRow Row, OpenVisit? Visit)> rows)
    {
        var (siteId, rules) = (0, (SiteAlerts?)null);
        foreach (var (row, visit) in rows)
        {
            if (row.SiteId != siteId) (siteId, rules) = (row.SiteId, sites(row.SiteId)?.Alerts);
            if (rules is not null && visit is not null && row.BotScore < EventRow.BotThreshold && row.ReceivedAt - row.Timestamp <= Fresh)
                Ask(rules, row, visit);
        }
        return alerts;
    }

    void Ask(SiteAlerts rules, EventRow row, OpenVisit visit)
    {
        var happens = rules.AsksFor(row.Name);
        var visitor = rules.AsksForReturns ? Arrived(row, visit) : null;
        var reader = row.Name == EventNames.PageView && rules.AsksForPage(row.Path) ? Known(row, visit) : null;
        if (visitor is null && reader is null && !happens)
            return;
        var facts = VisitAlertFacts.Of(visit, visitor ?? reader ?? visit.Visitor, row);
        if (visitor is not null)
            Add(rules.Returns(facts, row.Timestamp), facts, row);
        if (reader is not null)
            Add(rules.Sees(facts, row.Path, row.Timestamp), facts, row);
        if (happens)
            Add(rules.Happens(facts, new EventFacts(row.Name, row.Path, row.Props), row.Timestamp), facts, row);
    }

    /// <returns>Who arrives with the event; null for one that begins and identifies nothing, and for first visits.</returns>
    KnownVisitor? Arrived(EventRow row, OpenVisit visit)
    {
        var visitor = visit.Visitor;
        if (row.Name == EventNames.Identify && row.UserHash != 0)
            visitor = state.Visitors.Durable(row.SiteId, row.UserHash, row.DeviceId, row.UserId) ?? visitor;
        else if (VisitId.Of(row.SiteId, row.EventId) != visit.VisitId)
            return null;
        return visitor != visit.Visitor || visit.Number >= 2 ? visitor : null;
    }

    /// <returns>Whose visit it is when a page is opened, by its user id if there is one; null in first visits.</returns>
    KnownVisitor? Known(EventRow row, OpenVisit visit)
    {
        var visitor = row.UserHash == 0 ? visit.Visitor : state.Visitors.Durable(row.SiteId, row.UserHash, row.DeviceId, row.UserId) ?? visit.Visitor;
        return visitor != visit.Visitor || visit.Number >= 2 ? visitor : null;
    }

    void Add(IEnumerable<Guid> rules, VisitFacts visit, EventRow row)
    {
        List<Guid>? firing = null;
        foreach (var rule in rules)
        {
            if (!told.Add((rule, visit.VisitId)))
                continue;
            fired[rule] = fired.GetValueOrDefault(rule) + 1;
            if (fired[rule] <= MostOfRule)
                (firing ??= []).Add(rule);
            else
                Count(rule, visit, row);
        }
        if (firing is not null)
            alerts.Add(Alert(firing, visit, row));
    }

    void Count(Guid rule, VisitFacts visit, EventRow row)
    {
        if (rest.TryAdd(rule, alerts.Count))
            alerts.Add(Alert([rule], visit, row));
        else
            alerts[rest[rule]] = alerts[rest[rule]] with { More = alerts[rest[rule]].More + 1 };
    }

    static VisitAlert Alert(IReadOnlyList<Guid> rules, VisitFacts visit, EventRow row) =>
        new(rules, visit, VisitAlertFacts.Cut(row.Name), VisitAlertFacts.Cut(row.Path), row.Timestamp, row.ReceivedAt);
}
