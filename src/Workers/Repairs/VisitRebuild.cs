using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Has the visits of a site made again from its events: all its visitors are given to the repair.</summary>
public sealed class VisitRebuild(EventCorrections events, RepairQueue queue)
{
    /// <param name="siteId">The site.</param>
    /// <param name="first">First UTC day.</param>
    /// <param name="last">Last UTC day.</param>
    /// <param name="cancel">Ends it; days that were given stay given.</param>
    /// <returns>How many visitors of a day were given; doing it again changes nothing.</returns>
    public async Task<int> RequestAsync(int siteId, DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var count = 0;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            var visitors = await events.VisitorsAsync(siteId, from, from.AddDays(1), cancel);
            await queue.RecordAsync([.. visitors.Select(v => new VisitRepair(siteId, v, [v], from, from.AddDays(1).AddMilliseconds(-1)))], cancel);
            count += visitors.Count;
        }
        return count;
    }
}
