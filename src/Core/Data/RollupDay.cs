namespace SaaS.Analytics.Data;

/// <summary>Which build of a day's sums holds. Publishing moves <see cref="Build"/> in one statement; nobody sees half a build.</summary>
public sealed class RollupDay
{
    public required int SiteId { get; init; }

    /// <summary>In the site's zone.</summary>
    public required DateOnly Day { get; init; }
    public required long Build { get; set; }

    /// <summary>Events of the day when it was built, bots and engagement included.</summary>
    public required long RawRows { get; set; }

    /// <summary>What of the site's settings the sums depend on; with others they do not hold.</summary>
    public required string Settings { get; set; }
}
