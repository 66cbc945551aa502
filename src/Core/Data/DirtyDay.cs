namespace SaaS.Analytics.Data;

/// <summary>A day whose sums are no longer those of its events and visits.</summary>
public sealed class DirtyDay
{
    public required int SiteId { get; init; }

    /// <summary>In the site's zone.</summary>
    public required DateOnly Day { get; init; }
    public required DateTime MarkedAt { get; set; }
}
