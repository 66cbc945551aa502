using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tags;

/// <summary>How often a tag fired on a day (UTC), as browsers reported it. Reports are not durable: a lost one is not repeated.</summary>
public sealed class TagCount : ITenantOwned
{
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Number of the tag.</summary>
    public required int Tag { get; init; }
    public long Fired { get; set; }
    public long Failed { get; set; }

    /// <summary>For want of consent.</summary>
    public long Blocked { get; set; }
}
