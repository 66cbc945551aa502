using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Enrichment;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>
/// Reads the user agents that were too many when their events came. First the events are corrected, then their visitors are
/// given to the repair of visits, then the texts are let go: wherever it is cut off, the next turn does the rest.
/// </summary>
public sealed class LateAgents(UnreadAgents unread, RepairQueue repairs, SiteCatalog sites, ChunkProcessor processor, TimeProvider clock)
{
    /// <summary>Kinds of events in a turn: about half a second of one core, and four rewrites of some columns.</summary>
    public const int AtMost = 500;

    /// <summary>What was received before is left as it is: an owner had a month for it.</summary>
    static readonly TimeSpan Back = TimeSpan.FromDays(31);

    /// <returns>How many kinds of events were looked at: <see cref="AtMost"/> where more may wait.</returns>
    public async Task<int> ReadAsync(Lease lease, CancellationToken cancel)
    {
        int[] ids = [.. (await sites.OfPartitionAsync(lease.Partition, cancel)).Select(s => s.SiteId)];
        var since = clock.GetUtcNow().UtcDateTime - Back;
        var waiting = await unread.NextAsync(ids, since, AtMost, cancel);
        var wrong = waiting.Select(a => a with { Row = processor.ReadLate(a.Row) }).Zip(waiting).Where(p => p.First != p.Second).Select(p => p.First).ToList();
        if (wrong.Count > 0)
        {
            await unread.CorrectAsync(ids, since, wrong, cancel);
            waiting = await unread.NextAsync(ids, since, AtMost, cancel);
        }
        var right = waiting.Where(a => processor.ReadLate(a.Row) == a.Row).ToList();
        if (right.Count > 0) await SettleAsync(ids, since, right, cancel);
        return waiting.Count;
    }

    async Task SettleAsync(int[] ids, DateTime since, List<UnreadAgent> right, CancellationToken cancel)
    {
        var visitors = await unread.VisitorsAsync(ids, since, right, cancel);
        await repairs.MarkDirtyAsync([.. visitors.SelectMany(v => Days(v.SiteId, v.First, v.Last)).Distinct()], cancel);
        await repairs.RecordAsync(
            [.. visitors.Where(v => v.VisitorId != 0).Select(v => new VisitRepair(v.SiteId, v.VisitorId, [v.VisitorId], v.First, v.Last))], cancel);
        await unread.ForgetAsync(ids, since, right, LateReading.Note, cancel);
    }

    /// <summary>Days of the site's zone.</summary>
    IEnumerable<(int SiteId, DateOnly Day)> Days(int siteId, DateTime first, DateTime last)
    {
        var zone = sites.Rules(siteId)?.Zone ?? TimeZoneInfo.Utc;
        var end = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(last, zone));
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(first, zone)); day <= end; day = day.AddDays(1))
            yield return (siteId, day);
    }
}
