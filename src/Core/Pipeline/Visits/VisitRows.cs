using SaaS.Analytics.Pipeline.Visitors;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Pipeline.Visits;

/// <summary>An open visit to its row and back.</summary>
static class VisitRows
{
    public static VisitRow ToRow(this OpenVisit v, ulong version)
    {
        var row = new VisitRow
        {
            SiteId = v.Visitor.SiteId,
            VisitorId = v.Visitor.Id,
            VisitId = v.VisitId,
            Version = version,
            MergedInto = v.MergedInto?.VisitId ?? 0,
            FirstReceivedAt = v.FirstReceivedAt,
            Start = v.Start,
            End = v.End,
            VisitorMode = v.Mode,
            VisitNumber = v.Number,
            UserId = v.UserId,
            Pageviews = v.Pageviews,
            Events = v.Events,
            InteractiveEvents = v.InteractiveEvents,
            EngagementMs = v.EngagementMs,
        };
        (row.EntryHostname, row.EntryPath, row.EntryAt) = (v.Entry.Hostname, v.Entry.Path, v.Entry.At);
        (row.ExitHostname, row.ExitPath, row.ExitAt) = (v.Exit.Hostname, v.Exit.Path, v.Exit.At);
        v.Attribution?.CopyTo(row);
        v.Place?.CopyTo(row);
        v.Device?.CopyTo(row);
        return row;
    }

    public static OpenVisit ToOpenVisit(this VisitRow row, KnownVisitor visitor) => new(row.VisitId, visitor, row.FirstReceivedAt)
    {
        Start = row.Start,
        End = row.End,
        Mode = row.VisitorMode,
        Number = row.VisitNumber,
        UserId = row.UserId,
        UserIdAt = row.UserId.Length > 0 ? row.End : DateTime.MinValue,
        Pageviews = row.Pageviews,
        Events = row.Events,
        InteractiveEvents = row.InteractiveEvents,
        EngagementMs = row.EngagementMs,
        Entry = Page(row.EntryHostname, row.EntryPath, row.EntryAt),
        Exit = Page(row.ExitHostname, row.ExitPath, row.ExitAt),
        Attribution = Attribution.Of(row),
        Place = Place.Of(row),
        Device = Device.Of(row),
        Touched = row.End,
        IsStored = true,
    };

    static VisitPage Page(string hostname, string path, DateTime at) =>
        at == DateTime.UnixEpoch ? VisitPage.None : new VisitPage(hostname, path, at);
}
