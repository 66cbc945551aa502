using SaaS.Analytics.Events;

namespace SaaS.Analytics.Store;

/// <summary>A row of <c>visitors</c>.</summary>
public sealed record VisitorRow
{
    public required int SiteId { get; init; }
    public required ulong VisitorId { get; init; }
    public required ulong Version { get; set; }
    public VisitorMode VisitorMode { get; set; }
    public required DateTime FirstSeen { get; set; }
    public ulong LastVisitId { get; set; }
    public DateTime LastVisitStart { get; set; }
    public DateTime LastVisitEnd { get; set; }
    public uint VisitCount { get; set; }
    public string UserId { get; set; } = "";
    public bool UserVerified { get; set; }

    /// <summary>Other ids under which the same person was seen (cookieless hash before consent, user id).</summary>
    public ulong[] Aliases { get; set; } = [];
    public KeyValuePair<string, string>[] Traits { get; set; } = [];
    public string Consent { get; set; } = "";
}
