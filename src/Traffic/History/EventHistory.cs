using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Traffic.History;

/// <summary>The events of a plan in the order of time, made day by day as they are asked for.</summary>
/// <param name="plan">What to make.</param>
/// <param name="truth">Keeps every visit where given; only tests can afford that.</param>
public sealed class EventHistory(HistoryPlan plan, Truth? truth = null)
{
    readonly Dice dice = new(plan.Seed);
    readonly VisitGenerator generator = new(plan.SiteId, plan.Profile);

    public IEnumerable<CollectedEvent> Events()
    {
        var days = HistoryCalendar.Days(plan);
        var perWeight = plan.Events / days.Sum(d => d.Weight);
        var crowd = new Crowd(plan, dice);
        var pending = new List<CollectedEvent>();
        double due = 0;
        foreach (var day in days)
        {
            due += day.Weight * perWeight;
            due -= AddVisits(day, crowd, due, pending);
            foreach (var e in Ready(pending, day.End)) yield return e;
        }
        foreach (var e in Ready(pending, DateTime.MaxValue)) yield return e;
    }

    /// <returns>How many events were added: at least <paramref name="events"/>.</returns>
    int AddVisits(HistoryDay day, Crowd crowd, double events, List<CollectedEvent> pending)
    {
        crowd.Begin();
        var before = pending.Count;
        while (pending.Count - before < events)
        {
            if (crowd.Next(day) is not var (number, person, start)) continue;
            var visit = Add(day, person, start, pending);
            while (dice.Chance(plan.Profile.AgainShare) && Later(visit.End, day) is { } again) visit = Add(day, person, again, pending);
            crowd.Left(number, day, visit.End);
        }
        return pending.Count - before;
    }

    Visit Add(HistoryDay day, Person person, DateTime start, List<CollectedEvent> pending)
    {
        var visit = generator.Create(person, day.Sources.Pick(dice), start, dice);
        visit.CutAt(plan.To);
        truth?.Visits.Add(visit);
        pending.AddRange(visit.Events);
        return visit;
    }

    /// <summary>The same person once more, hours later but on the same day.</summary>
    DateTime? Later(DateTime end, HistoryDay day)
    {
        var start = end + Crowd.Gap + TimeSpan.FromMilliseconds(dice.Below(5 * 3_600_000));
        return start < day.End && start < plan.To ? start : null;
    }

    /// <summary>Takes out what happened before a moment; a visit over midnight leaves the rest for the next day.</summary>
    static IEnumerable<CollectedEvent> Ready(List<CollectedEvent> pending, DateTime before)
    {
        var ready = pending.Where(e => e.Timestamp < before).OrderBy(e => e.Timestamp).ToList();
        pending.RemoveAll(e => e.Timestamp < before);
        return ready;
    }
}
