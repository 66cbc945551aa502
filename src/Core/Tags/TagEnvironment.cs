using System.Security.Cryptography;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>Where versions are published to: live, staging, or one of the site's own.</summary>
public sealed class TagEnvironment : ITenantOwned
{
    public const string Live = "live";
    public const string Staging = "staging";

    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required string Name { get; init; }

    /// <summary>Part of the snippet's address (<c>?env=</c>); empty for live.</summary>
    public required string Key { get; init; }

    /// <summary>Number of the version; null while nothing is published.</summary>
    public int? Published { get; set; }

    /// <summary>Counts publications.</summary>
    public int Release { get; set; }
    public DateTime? PublishedAt { get; set; }
    public string PublishedBy { get; set; } = "";

    /// <summary>PostgreSQL's xmin, for optimistic locking.</summary>
    public uint Version { get; init; }

    public static string NewKey() => RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 16);
}
