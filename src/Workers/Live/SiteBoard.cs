using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Live;

/// <summary>One site's live numbers, by time of receipt.</summary>
sealed class SiteBoard
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Unchanged numbers are told again this long after they were told first, for whoever missed them.</summary>
    static readonly TimeSpan[] Repeats = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)];

    readonly Dictionary<ulong, DateTime> lastHeard = [];
    readonly Queue<(ulong Visitor, DateTime At)> order = [];
    DateTime newest;
    DateTime window;
    int windowPageViews;
    long events;
    (int Active, DateTime Window, int PageViews, long Events) published;
    DateTime publishedAt;
    int repeated = Repeats.Length;

    public bool IsEmpty => lastHeard.Count == 0 && published.Active == 0 && repeated == Repeats.Length;

    public void Saw(EventRow row)
    {
        Heard(row.VisitorId, row.ReceivedAt);
        events++;
        var start = new DateTime(row.ReceivedAt.Ticks - row.ReceivedAt.Ticks % Window.Ticks, DateTimeKind.Utc);
        if (start > window) (window, windowPageViews) = (start, 0);
        if (start == window && EventNames.IsPageView(row.Name)) windowPageViews++;
    }

    public void Heard(ulong visitor, DateTime at)
    {
        newest = at > newest ? at : newest;
        if (lastHeard.TryGetValue(visitor, out var before) && before >= at) return;
        lastHeard[visitor] = at;
        order.Enqueue((visitor, at));
    }

    /// <returns>Null while there is nothing new to tell.</returns>
    public SiteActivity? Change(int siteId, DateTime now)
    {
        while (order.TryPeek(out var oldest) && oldest.At < now - LiveBoard.ActiveFor)
        {
            order.Dequeue();
            if (lastHeard.TryGetValue(oldest.Visitor, out var at) && at == oldest.At) lastHeard.Remove(oldest.Visitor);
        }
        var current = (lastHeard.Count, window, windowPageViews, events);
        if (current != published) (published, publishedAt, repeated) = (current, now, 0);
        else if (repeated < Repeats.Length && now - publishedAt >= Repeats[repeated]) repeated++;
        else return null;
        return new SiteActivity(siteId, newest, current.Count, window, windowPageViews, events);
    }
}
