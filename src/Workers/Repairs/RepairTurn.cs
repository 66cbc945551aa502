using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>
/// How many visitors are looked at before a chunk may come in between: as many as took about half a second, since the
/// partition's chunks wait meanwhile.
/// </summary>
public sealed class RepairTurn
{
    const int Most = 200;
    static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);

    /// <summary>How far apart in time they may be to be read together.</summary>
    static readonly TimeSpan Together = TimeSpan.FromDays(2);

    int size = 10;

    /// <summary>Takes the next ones off the queue: of one site, and near each other in time.</summary>
    public List<WaitingRepair> Next(Queue<WaitingRepair> waiting)
    {
        var group = new List<WaitingRepair>();
        while (group.Count < size && waiting.TryPeek(out var next) && (group.Count == 0 || Fits(group[0], next)))
            group.Add(waiting.Dequeue());
        return group;
    }

    public void Took(TimeSpan time) => size = time > Long ? Math.Max(1, size / 4) : time < Long / 3 ? Math.Min(Most, size * 2) : size;

    static bool Fits(WaitingRepair first, WaitingRepair next) => first.SiteId == next.SiteId && next.LastAt - first.FirstAt <= Together;
}
