namespace SaaS.Analytics.Data;

/// <summary>
/// A chunk that many workers did not survive is about to be stored alone, once more. The row is removed when that ends in any
/// way but the death of the process: one that is found there killed it.
/// </summary>
public sealed class ChunkTrial
{
    public required Guid ChunkId { get; init; }
    public required DateTime StartedAt { get; init; }
}
