using SaaS.Analytics.Events;

namespace SaaS.Analytics.Store;

/// <summary>A row of <c>visits</c>: the state of one visit as of <see cref="Version"/>.</summary>
public sealed record VisitRow
{
    public required int SiteId { get; init; }
    public required ulong VisitorId { get; init; }
    public required ulong VisitId { get; init; }

    /// <summary>Lease epoch (upper 24 bits) and sequence (lower 40): a later writer always wins.</summary>
    public required ulong Version { get; set; }
    public ulong MergedInto { get; set; }
    public required DateTime FirstReceivedAt { get; init; }
    public required DateTime Start { get; set; }

    /// <summary>Last event, or end of the last engagement.</summary>
    public required DateTime End { get; set; }
    public VisitorMode VisitorMode { get; set; }
    public uint VisitNumber { get; set; }
    public string UserId { get; set; } = "";
    public uint Pageviews { get; set; }
    public uint Events { get; set; }

    /// <summary>Custom events that are interactive: one is enough to end a bounce.</summary>
    public uint InteractiveEvents { get; set; }
    public ulong EngagementMs { get; set; }
    public string EntryHostname { get; set; } = "";
    public string EntryPath { get; set; } = "";
    public DateTime EntryAt { get; set; }
    public string ExitHostname { get; set; } = "";
    public string ExitPath { get; set; } = "";
    public DateTime ExitAt { get; set; }
    public string Referrer { get; set; } = "";
    public string ReferrerHost { get; set; } = "";
    public string Source { get; set; } = "";
    public string SourceCategory { get; set; } = "";
    public string Channel { get; set; } = "";
    public string UtmSource { get; set; } = "";
    public string UtmMedium { get; set; } = "";
    public string UtmCampaign { get; set; } = "";
    public string UtmTerm { get; set; } = "";
    public string UtmContent { get; set; } = "";
    public string ClickId { get; set; } = "";
    public string Country { get; set; } = "";
    public string Region { get; set; } = "";
    public string City { get; set; } = "";
    public string Browser { get; set; } = "";
    public string BrowserVersion { get; set; } = "";
    public string Os { get; set; } = "";
    public string OsVersion { get; set; } = "";
    public string DeviceType { get; set; } = "";
    public string DeviceBrand { get; set; } = "";
    public string DeviceModel { get; set; } = "";
    public string Language { get; set; } = "";
    public string Screen { get; set; } = "";
    public byte BotScore { get; set; }
    public string BotName { get; set; } = "";
}
