namespace SaaS.Analytics.Data;

/// <summary>Which worker owns a partition of the pipeline, and until when.</summary>
public sealed class PartitionLease
{
    public required int Partition { get; init; }
    public required string Owner { get; set; }

    /// <summary>Grows by one with every change of owner; the upper part of every snapshot's version.</summary>
    public required long Epoch { get; set; }
    public required DateTime Until { get; set; }
}
