using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>A generated visit and all its events in the order of time: the truth that reports are compared with.</summary>
public sealed class Visit(Person person, TrafficSource source)
{
    public Person Person { get; } = person;
    public TrafficSource Source { get; } = source;
    public List<CollectedEvent> Events { get; } = [];

    /// <summary>Id of the visitor by the rule of the visit's mode; a visit over midnight keeps the day's it began on.</summary>
    public ulong VisitorId => Person.Consented ? Events[0].ConsentedId : Events[0].CookielessId;

    public DateTime Start => Events[0].Timestamp;
    public DateTime End => Events[^1].Timestamp;
    public bool IsBot => Person.Device.IsBot;
    public int PageViews => Events.Count(e => EventNames.IsPageView(e.Name));
    public int InteractiveEvents => Events.Count(e => EventNames.IsCustom(e.Name) && e.Interactive);
    public long EngagementMs => Events.Sum(e => (long)e.EngagementMs);
    public decimal Revenue => Events.Sum(e => e.Revenue ?? 0);

    /// <summary>By definitions.md: one page view, nothing done, less than 10 s of engagement.</summary>
    public bool IsBounce => PageViews < 2 && InteractiveEvents == 0 && EngagementMs < 10_000;

    /// <summary>Leaves out what happens at <paramref name="end"/> or later.</summary>
    public void CutAt(DateTime end) => Events.RemoveAll(e => e.Timestamp >= end);
}
