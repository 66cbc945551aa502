using SaaS.Analytics.Events;

namespace SaaS.Analytics.Store;

/// <summary>A row of <c>events</c>; property names are the column names in PascalCase. Times are UTC, whole milliseconds.</summary>
public sealed record EventRow
{
    public required int SiteId { get; init; }
    public required Guid EventId { get; init; }
    public required DateTime Timestamp { get; init; }
    public required DateTime ClientTimestamp { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required Guid ChunkId { get; init; }
    public required ushort ChunkIndex { get; init; }
    public ulong VisitorId { get; set; }

    /// <summary>First-party id of the device as the event brought it; 0 where it had none.</summary>
    public ulong DeviceId { get; init; }

    /// <summary>Hash of <see cref="UserId"/>; 0 where there is none.</summary>
    public ulong UserHash { get; init; }

    /// <summary>Cookieless hash; 0 where it had none.</summary>
    public ulong CookielessId { get; init; }

    /// <summary>The attempt of a repair that made this copy of an event; 0 where it is as its chunk brought it.</summary>
    public ulong RepairId { get; init; }

    /// <summary>The copy has not been put in its place yet: it counts nowhere.</summary>
    public bool IsPending { get; init; }
    public VisitorMode VisitorMode { get; set; }
    public ulong VisitId { get; set; }
    public required string Name { get; init; }
    public string Hostname { get; set; } = "";
    public string Path { get; set; } = "";

    /// <summary>Without the question mark, tracking parameters already taken out.</summary>
    public string Query { get; set; } = "";
    public string Fragment { get; set; } = "";
    public string Scheme { get; set; } = "";
    public string Title { get; set; } = "";
    public string Referrer { get; set; } = "";
    public string ReferrerHost { get; set; } = "";
    public KeyValuePair<string, string>[] Props { get; set; } = [];
    public string UserId { get; set; } = "";
    public bool UserVerified { get; set; }
    public bool Interactive { get; set; } = true;
    public decimal? Revenue { get; set; }
    public string Currency { get; set; } = "";
    public uint EngagementMs { get; set; }
    public byte ScrollDepth { get; set; }
    public Guid PageviewId { get; set; }
    public string AdId { get; set; } = "";
    public string AdCampaignId { get; set; } = "";
    public string AdPlacement { get; set; } = "";
    public string Source { get; set; } = "";
    public string SourceCategory { get; set; } = "";
    public string Channel { get; set; } = "";
    public string UtmSource { get; set; } = "";
    public string UtmMedium { get; set; } = "";
    public string UtmCampaign { get; set; } = "";
    public string UtmTerm { get; set; } = "";
    public string UtmContent { get; set; } = "";

    /// <summary>Name of the click id that was present (<c>gclid</c>, …); its value is dropped.</summary>
    public string ClickId { get; set; } = "";
    public string Country { get; set; } = "";
    public string Region { get; set; } = "";
    public string City { get; set; } = "";
    public uint Asn { get; set; }
    public string Browser { get; set; } = "";
    public string BrowserVersion { get; set; } = "";
    public string Os { get; set; } = "";
    public string OsVersion { get; set; } = "";

    /// <summary><c>desktop</c>, <c>mobile</c>, <c>tablet</c>, <c>tv</c>, <c>console</c>, <c>other</c>; empty when unknown.</summary>
    public string DeviceType { get; set; } = "";

    /// <summary>Who made the device; empty for what nobody is known to have made, and for most desktops.</summary>
    public string DeviceBrand { get; set; } = "";
    public string DeviceModel { get; set; } = "";
    public string Language { get; set; } = "";
    public string Screen { get; set; } = "";
    public string VisitorTimeZone { get; set; } = "";
    public string App { get; set; } = "";
    public string Library { get; set; } = "";
    public string Consent { get; set; } = "";

    /// <summary>0–100; reports leave out rows from <see cref="BotThreshold"/> on by default.</summary>
    public byte BotScore { get; set; }
    public string BotName { get; set; } = "";
    public string BotReasons { get; set; } = "";
    public string Notes { get; set; } = "";

    /// <summary>As sent, of an event whose user agent has not been read yet; empty from then on, and of all others.</summary>
    public string UserAgent { get; set; } = "";

    public const byte BotThreshold = 50;
}
