using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Live;

/// <summary>Who is active on which site, from the events stored here, bots left out.</summary>
public sealed class LiveBoard
{
    /// <summary>A visitor counts as active this long after the last event.</summary>
    public static readonly TimeSpan ActiveFor = TimeSpan.FromMinutes(5);

    readonly Dictionary<int, SiteBoard> boards = [];
    readonly Lock gate = new();

    public void Saw(IEnumerable<EventRow> rows)
    {
        lock (gate)
            foreach (var row in rows)
                if (row.BotScore < EventRow.BotThreshold)
                    Board(row.SiteId).Saw(row);
    }

    /// <summary>Puts back what is stored, after a take-over.</summary>
    public void Restore(IEnumerable<VisitorHeard> heard)
    {
        lock (gate)
            foreach (var visitor in heard.OrderBy(v => v.At))
                Board(visitor.SiteId).Heard(visitor.VisitorId, visitor.At);
    }

    /// <summary>Forgets sites that another worker counts now.</summary>
    public void Forget(Func<int, bool> isForeign)
    {
        lock (gate)
            foreach (var siteId in boards.Keys.Where(isForeign).ToList())
                boards.Remove(siteId);
    }

    /// <summary>What has changed since the last call.</summary>
    public List<SiteActivity> Changes(DateTime now)
    {
        lock (gate)
        {
            var changes = boards.Select(b => b.Value.Change(b.Key, now)).OfType<SiteActivity>().ToList();
            foreach (var siteId in boards.Where(b => b.Value.IsEmpty).Select(b => b.Key).ToList())
                boards.Remove(siteId);
            return changes;
        }
    }

    SiteBoard Board(int siteId)
    {
        if (!boards.TryGetValue(siteId, out var board)) boards[siteId] = board = new SiteBoard();
        return board;
    }
}
