using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using SaaS.Analytics.Store;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Makes the visits again that wait for it, for a partition this worker owns.</summary>
public sealed class RepairRun(
    RepairQueue queue, PeopleReader people, EventCorrections events, SnapshotWriter snapshots, SiteCatalog sites)
{
    /// <summary>Visitors looked at before a chunk may come in between.</summary>
    const int AtOnce = 200;

    /// <summary>Visitors before the events are labelled anew, which costs a rewrite of a column.</summary>
    const int AtMost = 2000;

    /// <summary>How far apart in time they may be to be read together.</summary>
    static readonly TimeSpan Together = TimeSpan.FromDays(2);

    /// <returns>How many visitors were done.</returns>
    public async Task<int> RunAsync(OwnedPartition partition, CancellationToken cancel)
    {
        int[] ids = [.. (await sites.OfPartitionAsync(partition.Lease.Partition, cancel)).Select(s => s.SiteId)];
        var waiting = await queue.NextAsync(ids, AtMost, cancel);
        var relabels = new List<EventRow>();
        foreach (var group in Groups(waiting))
            relabels.AddRange(await partition.WithStateAsync((state, version) => RepairAsync(group, state, version, cancel), cancel));
        await events.RelabelAsync(relabels, cancel);
        await queue.DoneAsync(waiting, cancel);
        return waiting.Count;
    }

    /// <summary>Writes all but the new labels of events; until they are there, reports follow the tombstones.</summary>
    async Task<IReadOnlyList<EventRow>> RepairAsync(
        IReadOnlyList<WaitingRepair> group, PartitionState? state, ulong version, CancellationToken cancel)
    {
        if (sites.Rules(group[0].SiteId) is not { } site) return [];
        var repairs = group.Select(r => new VisitRepair(r.SiteId, (ulong)r.VisitorId, [.. r.Ids.Select(id => (ulong)id)], r.FirstAt, r.LastAt));
        var history = await people.ReadAsync(site.SiteId, [.. repairs], cancel);
        var result = VisitRepairs.Make(history, site, state, version);
        await queue.MarkDirtyAsync([.. history.Repairs.SelectMany(Days), .. result.Days], cancel);
        await snapshots.WriteAsync(new Snapshots(result.Visits, result.Visitors, []), urgent: true, cancel);
        if (result.Moves.Count > 0) await events.MoveAsync(result.Moves, $"repair-{version}-{Guid.NewGuid():n}", cancel);
        return result.Relabels;
    }

    /// <summary>UTC days of the events in doubt.</summary>
    static IEnumerable<(int SiteId, DateOnly Day)> Days(VisitRepair repair)
    {
        for (var day = DateOnly.FromDateTime(repair.From); day <= DateOnly.FromDateTime(repair.To); day = day.AddDays(1))
            yield return (repair.SiteId, day);
    }

    static IEnumerable<List<WaitingRepair>> Groups(List<WaitingRepair> waiting)
    {
        var group = new List<WaitingRepair>();
        foreach (var repair in waiting)
        {
            if (group.Count > 0 && (group.Count == AtOnce || repair.SiteId != group[0].SiteId || repair.LastAt - group[0].FirstAt > Together))
            {
                yield return group;
                group = [];
            }
            group.Add(repair);
        }
        if (group.Count > 0) yield return group;
    }
}
