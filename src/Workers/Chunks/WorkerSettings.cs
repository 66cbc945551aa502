using System.ComponentModel.DataAnnotations;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>This worker (section <c>Workers</c>, environment <c>Workers__Name</c> …).</summary>
public sealed class WorkerSettings
{
    public const string Section = "Workers";

    /// <summary>
    /// The name under which it owns partitions; unique among running workers. One that starts again under its old name
    /// takes its partitions back at once. Default: host and process id.
    /// </summary>
    [Required] public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Seconds without a sign of life after which another worker takes its partitions.</summary>
    [Range(2, 600)] public int LeaseSeconds { get; set; } = 15;

    /// <summary>Seconds between two turns of reading user agents that were too many when they came.</summary>
    [Range(1, 86_400)] public int LateAgentsSeconds { get; set; } = 30;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan RenewEvery => Lease / 5;
}
