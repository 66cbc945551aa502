using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Makes the visits again that wait for it, for a partition this worker owns.</summary>
public sealed partial class RepairRun(RepairQueue queue, RepairStore store, SiteCatalog sites, TimeProvider clock, ILogger<RepairRun> log)
{
    /// <summary>Visitors before the events are labelled anew, which costs a rewrite of a column.</summary>
    const int AtMost = 2000;

    /// <summary>How long a partition's chunks had to wait for a repair at most, since this process began.</summary>
    public TimeSpan LongestHold { get; private set; }

    /// <returns>How many visitors were done.</returns>
    public async Task<int> RunAsync(OwnedPartition partition, CancellationToken cancel)
    {
        var waiting = new Queue<WaitingRepair>(await queue.NextAsync(await SitesAsync(partition, cancel), AtMost, cancel));
        WaitingRepair[] all = [.. waiting];
        var (relabels, turn) = (new List<EventRow>(), new RepairTurn());
        while (turn.Next(waiting) is { Count: > 0 } group)
        {
            var begun = clock.GetTimestamp();
            relabels.AddRange(await RepairAsync(partition, group, cancel));
            turn.Took(clock.GetElapsedTime(begun));
            LongestHold = clock.GetElapsedTime(begun) is var hold && hold > LongestHold ? hold : LongestHold;
        }
        await store.Events.RelabelAsync(relabels, cancel);
        await queue.DoneAsync(all, cancel);
        return all.Length;
    }

    public async Task<int[]> SitesAsync(OwnedPartition partition, CancellationToken cancel) =>
        [.. (await sites.OfPartitionAsync(partition.Lease.Partition, cancel)).Select(s => s.SiteId)];

    /// <summary>A group that turns out to be of too many events is halved; a person of too many is left as it is.</summary>
    async Task<IEnumerable<EventRow>> RepairAsync(OwnedPartition partition, List<WaitingRepair> group, CancellationToken cancel)
    {
        if (await partition.WithStateAsync((state, version) => RepairAsync(group, state, version, cancel), cancel) is { } relabels)
            return relabels;
        if (group.Count == 1)
        {
            TooMany(log, (ulong)group[0].VisitorId, group[0].SiteId, HistoryQueries.MostEvents);
            return [];
        }
        var half = group.Count / 2;
        var first = await RepairAsync(partition, group[..half], cancel);
        return first.Concat(await RepairAsync(partition, group[half..], cancel));
    }

    /// <summary>Writes all but the new labels of events; until they are there, reports follow the tombstones.</summary>
    /// <returns>Null where there are too many events.</returns>
    async Task<IReadOnlyList<EventRow>?> RepairAsync(
        IReadOnlyList<WaitingRepair> group, PartitionState? state, ulong version, CancellationToken cancel)
    {
        if (sites.Rules(group[0].SiteId) is not { } site) return [];
        var repairs = group.Select(r => new VisitRepair(r.SiteId, (ulong)r.VisitorId, [.. r.Ids.Select(id => (ulong)id)], r.FirstAt, r.LastAt));
        if (await store.People.ReadAsync(site.SiteId, [.. repairs], cancel) is not { } history) return null;
        var result = VisitRepairs.Make(history, site, state, version);
        await queue.MarkDirtyAsync([.. history.Repairs.SelectMany(Days), .. result.Days], cancel);
        await store.Snapshots.WriteAsync(new Snapshots(result.Visits, result.Visitors, []), urgent: true, cancel);
        if (result.Moves.Count > 0) await store.Events.MoveAsync(result.Moves, EventCorrections.NewAttempt(clock.GetUtcNow().UtcDateTime), cancel);
        return result.Relabels;
    }

    /// <summary>UTC days of the events in doubt.</summary>
    static IEnumerable<(int SiteId, DateOnly Day)> Days(VisitRepair repair)
    {
        for (var day = DateOnly.FromDateTime(repair.From); day <= DateOnly.FromDateTime(repair.To); day = day.AddDays(1))
            yield return (repair.SiteId, day);
    }

    [LoggerMessage(LogLevel.Warning, "Visits of visitor {Visitor} of site {Site} stay as they are: more than {Most} events would have to be read")]
    static partial void TooMany(ILogger log, ulong visitor, int site, int most);
}
