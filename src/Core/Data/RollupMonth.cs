namespace SaaS.Analytics.Data;

/// <summary>Which build of a month's unique visitors holds.</summary>
public sealed class RollupMonth
{
    public required int SiteId { get; init; }

    /// <summary>Its first day, in the site's zone.</summary>
    public required DateOnly Month { get; init; }
    public required long Build { get; set; }

    /// <summary>Built after the last event that could still come.</summary>
    public required bool Final { get; set; }
    public required DateTime BuiltAt { get; set; }
}
