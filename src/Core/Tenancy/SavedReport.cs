namespace SaaS.Analytics.Tenancy;

/// <summary>A report of a site's own making, kept under a name.</summary>
public sealed class SavedReport : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required string Name { get; set; }

    /// <summary>The page's address after the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Whose it is; null: everybody's who may read the site.</summary>
    public Guid? OwnerId { get; init; }
    public required DateTime CreatedAt { get; init; }
}
