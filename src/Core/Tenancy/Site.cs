namespace SaaS.Analytics.Tenancy;

/// <summary>One tracked website or app.</summary>
public sealed class Site : ITenantOwned
{
    /// <summary>Internal number: key of every analytic row and of the partition. Never shown; the public name is <see cref="TrackingId"/>.</summary>
    public int Id { get; init; }
    public required Guid TenantId { get; init; }

    /// <summary>Public id in the snippet: <c>st_</c> and 16 base62 characters.</summary>
    public required string TrackingId { get; init; }

    /// <summary>Host name, lower case, without <c>www.</c>; unique in its tenant and part of the portal's URLs.</summary>
    public required string Domain { get; set; }
    public required string Name { get; set; }

    /// <summary>IANA time zone in which reports are cut.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Further hosts whose events are accepted, besides the domain and its subdomains.</summary>
    public string[] OtherHosts { get; set; } = [];

    /// <summary>Gap that ends a visit, minutes (5–240).</summary>
    public int VisitTimeoutMinutes { get; set; } = 30;

    /// <summary>Seconds of engagement from which a visit is no bounce; 0 ignores engagement.</summary>
    public int BounceSeconds { get; set; } = 10;

    /// <summary>Mode A without asking first; off unless the tenant has another legal ground.</summary>
    public bool ConsentedByDefault { get; set; }

    /// <summary>Events that look like a program's are left out for good instead of being kept and hidden.</summary>
    public bool DropBots { get; set; }

    /// <summary>Events the script makes itself.</summary>
    public SiteAutotrack Autotrack { get; set; } = SiteAutotrack.Default;

    /// <summary>Key of <see cref="IdentitySignature"/>: with it the site's server vouches for user ids. PostgreSQL makes the first one.</summary>
    public string IdentitySecret { get; set; } = "";

    public required DateTime CreatedAt { get; init; }

    /// <summary>Receipt of the first stored event; null while the snippet has not been seen.</summary>
    public DateTime? FirstEventAt { get; set; }

    /// <summary>PostgreSQL's xmin, for optimistic locking.</summary>
    public uint Version { get; init; }
}

[Flags]
public enum SiteAutotrack
{
    None = 0,
    OutboundLinks = 1,
    FileDownloads = 2,
    FormSubmits = 4,
    NotFound = 8,
    Default = OutboundLinks | FileDownloads | FormSubmits,
}
