using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>A line of the audit log of a site's tags. Written in the transaction of what it tells of.</summary>
public sealed class TagChange : ITenantOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>E-mail address.</summary>
    public required string By { get; init; }

    /// <summary>For example: published version 4 to live.</summary>
    public required string What { get; init; }

    /// <summary>What was before and after, where code of the customer's own changed.</summary>
    public string Detail { get; init; } = "";
}
