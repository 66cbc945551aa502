namespace SaaS.Analytics.Data;

/// <summary>One making of the sums of some days of a site: its number, and what became of it.</summary>
public sealed class RollupBuild
{
    /// <summary>Later builds have greater numbers, and win.</summary>
    public long Id { get; init; }
    public required int SiteId { get; init; }
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }

    /// <summary>Why: <c>new</c> days, <c>changed</c> days, or a <c>month</c>.</summary>
    public required string Reason { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>Events it was made of.</summary>
    public long RawRows { get; set; }

    /// <summary>What stopped it; null while it runs and after it has succeeded.</summary>
    public string? Error { get; set; }
}
