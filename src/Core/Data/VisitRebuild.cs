namespace SaaS.Analytics.Data;

/// <summary>A wish to have the visits of a site's days made again from its events; also what became of it.</summary>
public sealed class VisitRebuild
{
    public required Guid Id { get; init; }
    public required int SiteId { get; init; }

    /// <summary>In UTC, as all days here.</summary>
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }

    /// <summary>The first day not begun.</summary>
    public required DateOnly NextDay { get; set; }

    /// <summary>Visitors of the days begun, each counted once a day.</summary>
    public long Visitors { get; set; }
    public required DateTime RequestedAt { get; init; }

    /// <summary>E-mail address of who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When the last day was done, UTC.</summary>
    public DateTime? FinishedAt { get; set; }
}
