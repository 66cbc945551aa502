namespace SaaS.Analytics.Data;

/// <summary>A chunk that failed after its retries, with its payload, so that it can be looked at and replayed.</summary>
public sealed class FailedChunk
{
    public required Guid ChunkId { get; init; }
    public required string CollectorId { get; init; }
    public required int Partition { get; init; }
    public required int Events { get; init; }
    public required byte[] Payload { get; init; }
    public required string Error { get; set; }
    public required DateTime FailedAt { get; set; }
    public DateTime? ReplayedAt { get; set; }
}
