using static SaaS.Analytics.Store.Column<SaaS.Analytics.Store.VisitorRow>;

namespace SaaS.Analytics.Store;

/// <summary>The columns of <c>visitors</c> in the order in which rows are written and read.</summary>
static class VisitorColumns
{
    public static readonly Column<VisitorRow>[] All =
    [
        Number("site_id", r => (uint)r.SiteId),
        Number("visitor_id", r => r.VisitorId),
        Number("version", r => r.Version),
        Number("visitor_mode", r => (byte)r.VisitorMode),
        Time("first_seen", r => r.FirstSeen),
        Number("last_visit_id", r => r.LastVisitId),
        Time("last_visit_start", r => r.LastVisitStart),
        Time("last_visit_end", r => r.LastVisitEnd),
        Number("visit_count", r => r.VisitCount),
        Text("user_id", r => r.UserId),
        Flag("user_verified", r => r.UserVerified),
        Numbers("aliases", r => r.Aliases),
        Pairs("traits", r => r.Traits),
        Text("consent", r => r.Consent),
    ];

    public static readonly string Names = string.Join(", ", All.Select(c => c.Name));

    public static VisitorRow Read(RowReader r) => new()
    {
        SiteId = (int)r.UInt32(),
        VisitorId = r.UInt64(),
        Version = r.UInt64(),
        VisitorMode = r.Mode(),
        FirstSeen = r.Time(),
        LastVisitId = r.UInt64(),
        LastVisitStart = r.Time(),
        LastVisitEnd = r.Time(),
        VisitCount = r.UInt32(),
        UserId = r.Text(),
        UserVerified = r.Bool(),
        Aliases = r.UInt64s(),
        Traits = r.Pairs(),
        Consent = r.Text(),
    };
}
