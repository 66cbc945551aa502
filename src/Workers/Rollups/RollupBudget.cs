using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Workers.Rollups;

/// <summary>What rollups of one tenant may cost in a run, once a minute (section <c>Rollups</c>, environment <c>Rollups__…</c>).</summary>
public sealed class RollupBudget
{
    public const string Section = "Rollups";

    /// <summary>Days built.</summary>
    [Range(1, 100_000)] public int Days { get; set; } = 400;

    /// <summary>Seconds after which no other build begins.</summary>
    [Range(1, 3600)] public int Seconds { get; set; } = 30;
}
