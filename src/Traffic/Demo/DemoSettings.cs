using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Traffic.Demo;

/// <summary>How large the demo is (section <c>Demo</c>, environment <c>Demo__Events</c> …).</summary>
public sealed class DemoSettings
{
    public const string Section = "Demo";

    /// <summary>Events of history. Another number makes another history: change it only together with the data directory.</summary>
    [Range(1_000, 100_000_000)] public int Events { get; set; } = 1_000_000;

    [Range(1, 3_650)] public int Days { get; set; } = 90;

    [Range(0.001, 1_000)] public double VisitsPerSecond { get; set; } = 2;
}
