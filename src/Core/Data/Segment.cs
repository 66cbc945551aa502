using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>Filters of a site saved under a name.</summary>
public sealed class Segment : ITenantOwned
{
    public int Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required string Name { get; set; }

    /// <summary>A list of filters as in a query.</summary>
    public required string Filters { get; set; }

    /// <summary>Whose it is; null: everybody's who may read the site.</summary>
    public Guid? OwnerId { get; init; }
    public required DateTime CreatedAt { get; init; }
}
