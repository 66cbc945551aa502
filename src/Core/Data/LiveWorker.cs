namespace SaaS.Analytics.Data;

/// <summary>A worker that is there to take partitions; their number is divided by that of the live ones.</summary>
public sealed class LiveWorker
{
    /// <summary>The name under which it owns <see cref="PartitionLease"/>s.</summary>
    public required string Name { get; init; }
    public required DateTime Until { get; set; }
}
