using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Ads;

/// <summary>What a campaign cost on a day, as an advertiser's report tells it. One row for a day, source, medium, campaign and content.</summary>
public sealed class AdCost : ITenantOwned
{
    public required Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>As in <c>utm_source</c>; empty where the report does not say.</summary>
    public required string Source { get; init; }
    public required string Medium { get; init; }

    /// <summary>As in <c>utm_campaign</c>.</summary>
    public required string Campaign { get; init; }
    public required string Content { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
    public required decimal Cost { get; set; }

    /// <summary>As the advertiser counts them; null where the report does not say.</summary>
    public long? Clicks { get; set; }
    public long? Impressions { get; set; }
    public required DateTime ImportedAt { get; set; }
}
