using System.Text.Json.Serialization;
using SaaS.Analytics.Flows;
using SaaS.Analytics.Ingestion.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Ingestion;

/// <summary>What the collector must know of a site.</summary>
sealed record SiteEntry(int Id, Guid TenantId, string TrackingId, string Domain, string[] OtherHosts, bool Suspended)
{
    public bool ConsentedByDefault { get; init; }
    public int VisitTimeoutMinutes { get; init; } = 30;

    /// <summary>Of <see cref="IdentitySignature"/>; empty in a list that an older collector kept on disk.</summary>
    public string IdentitySecret { get; init; } = "";
    public ShieldRule[] Shields { get; init; } = [];
    public SiteAutotrack Autotrack { get; init; } = SiteAutotrack.Default;

    /// <summary>Null where the site has no tags, or has stopped them.</summary>
    public TagReleases? Tags { get; init; }

    /// <summary>The shields, made ready once.</summary>
    [JsonIgnore] public Shields Guard => field ??= new Shields(Shields);

    /// <summary>The domain, its subdomains and the further hosts; nothing else may send events that name a page.</summary>
    public bool Owns(ReadOnlySpan<char> host)
    {
        if (host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
            && (host.Length == Domain.Length || host[host.Length - Domain.Length - 1] == '.')) return true;
        foreach (var other in OtherHosts)
            if (host.Equals(other, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

/// <summary>A server's key with <c>events:write</c> or <c>events:import</c>: SHA-256 of it in hexadecimal.</summary>
/// <param name="TenantId">Whose sites it writes to.</param>
/// <param name="Hash">Names the key.</param>
/// <param name="Imports">Events may be of any age.</param>
sealed record WriteKey(Guid TenantId, string Hash, bool Imports = false);

/// <summary>All sites and write keys at one moment, as read from PostgreSQL and kept on disk.</summary>
sealed record SiteListSnapshot(IReadOnlyList<SiteEntry> Sites, IReadOnlyList<WriteKey> Keys);
