using MemoryPack;

namespace SaaS.Analytics.Events;

/// <summary>
/// One event as it leaves the collector: parsed and bounded, geo and visitor hashes already in it, the IP address
/// already gone. This is the payload of a spool record and of a chunk: members may be added with a new order number,
/// existing ones never change.
/// </summary>
[MemoryPackable(GenerateType.VersionTolerant)]
public sealed partial class CollectedEvent
{
    [MemoryPackOrder(0)] public required Guid Id { get; init; }
    [MemoryPackOrder(1)] public required string Name { get; init; }

    /// <summary>Event time in UTC after clock correction, never after the time of receipt.</summary>
    [MemoryPackOrder(2)] public required DateTime Timestamp { get; init; }

    /// <summary>Event time in UTC as the client sent it.</summary>
    [MemoryPackOrder(3)] public required DateTime ClientTimestamp { get; init; }

    /// <summary>The request's own <c>sentAt</c> in UTC as sent; null where the client gave none.</summary>
    [MemoryPackOrder(4)] public DateTime? SentAt { get; init; }

    /// <summary>Absolute URL (≤ 4096 characters); empty for events that happen on no page.</summary>
    [MemoryPackOrder(5)] public string Url { get; init; } = "";
    [MemoryPackOrder(6)] public string Referrer { get; init; } = "";
    [MemoryPackOrder(7)] public string Title { get; init; } = "";

    [MemoryPackOrder(8)] public VisitorMode Mode { get; init; }

    /// <summary>Hash of the client's first-party id; 0 where it sent none.</summary>
    [MemoryPackOrder(9)] public ulong ConsentedId { get; init; }

    /// <summary>Hash of <see cref="UserId"/>; 0 where there is none.</summary>
    [MemoryPackOrder(10)] public ulong UserIdHash { get; init; }

    /// <summary>Cookieless hash under the salt of the UTC day of receipt; 0 for server events without a client address.</summary>
    [MemoryPackOrder(11)] public ulong CookielessId { get; init; }

    /// <summary>The same under yesterday's salt, only to continue an open visit; 0 once that salt is gone.</summary>
    [MemoryPackOrder(12)] public ulong CookielessIdYesterday { get; init; }

    /// <summary>The tenant's own user id, unverified unless <see cref="UserVerified"/>.</summary>
    [MemoryPackOrder(13)] public string UserId { get; init; } = "";
    [MemoryPackOrder(14)] public bool UserVerified { get; init; }

    [MemoryPackOrder(15)] public KeyValuePair<string, string>[] Props { get; init; } = [];
    [MemoryPackOrder(16)] public decimal? Revenue { get; init; }

    /// <summary>ISO 4217 code of <see cref="Revenue"/>.</summary>
    [MemoryPackOrder(17)] public string Currency { get; init; } = "";
    [MemoryPackOrder(18)] public bool Interactive { get; init; } = true;

    /// <summary>Visible-and-focused milliseconds since the previous engagement event of the same page view.</summary>
    [MemoryPackOrder(19)] public uint EngagementMs { get; init; }

    /// <summary>Maximum scroll depth so far, 0–100.</summary>
    [MemoryPackOrder(20)] public byte ScrollDepth { get; init; }

    /// <summary>The page view an engagement event belongs to; empty otherwise.</summary>
    [MemoryPackOrder(21)] public Guid PageViewId { get; init; }

    [MemoryPackOrder(22)] public string AdId { get; init; } = "";
    [MemoryPackOrder(23)] public string AdCampaignId { get; init; } = "";
    [MemoryPackOrder(24)] public string AdPlacement { get; init; } = "";

    [MemoryPackOrder(25)] public string Language { get; init; } = "";

    /// <summary>Screen size as <c>WxH</c> in CSS pixels.</summary>
    [MemoryPackOrder(26)] public string Screen { get; init; } = "";
    [MemoryPackOrder(27)] public string TimeZone { get; init; } = "";
    [MemoryPackOrder(28)] public string App { get; init; } = "";
    [MemoryPackOrder(29)] public string Library { get; init; } = "";

    /// <summary>Consent as the client stated it: categories joined by a comma; empty where it said nothing.</summary>
    [MemoryPackOrder(30)] public string Consent { get; init; } = "";

    [MemoryPackOrder(31)] public string UserAgent { get; init; } = "";

    /// <summary>The client-hint headers that were sent, one <c>name: value</c> a line.</summary>
    [MemoryPackOrder(32)] public string ClientHints { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2; <c>A1</c> behind an anonymiser; empty when unknown.</summary>
    [MemoryPackOrder(33)] public string Country { get; init; } = "";

    /// <summary>Subdivision: its ISO 3166-2 code, or its English name where the data has no codes; empty when unknown.</summary>
    [MemoryPackOrder(34)] public string Region { get; init; } = "";
    [MemoryPackOrder(35)] public string City { get; init; } = "";
    [MemoryPackOrder(36)] public uint Asn { get; init; }

    /// <summary>What was cut or changed at the door (<c>url_cut</c>, <c>props_cut</c>, <c>clock_corrected</c>, …).</summary>
    [MemoryPackOrder(37)] public string[] Notes { get; init; } = [];

    [MemoryPackOrder(38)] public SenderSigns Signs { get; init; }
}
