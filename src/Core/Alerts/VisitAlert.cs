namespace SaaS.Analytics.Alerts;

/// <summary>Rules that fired for one visit in one chunk; travels as the effect of the chunk.</summary>
/// <param name="RuleIds">Each once.</param>
/// <param name="Visit">The visit.</param>
/// <param name="EventName">The event that made them fire.</param>
/// <param name="EventPage">Its page.</param>
/// <param name="At">Its time, UTC.</param>
/// <param name="ReceivedAt">Its receipt, UTC.</param>
public sealed record VisitAlert(
    IReadOnlyList<Guid> RuleIds, VisitFacts Visit, string EventName, string EventPage, DateTime At, DateTime ReceivedAt)
{
    /// <summary>The last visits before it, the latest first; filled in when the alert is kept.</summary>
    public IReadOnlyList<PastVisit> Visits { get; init; } = [];

    /// <summary>Visits of the same chunk for which the rule fired too and which are not told one by one.</summary>
    public int More { get; init; }
}
