namespace SaaS.Analytics.Data;

/// <summary>A chunk that the workers must bring into the pipeline; the row goes when it is stored, or has failed again.</summary>
public sealed class ChunkReplay
{
    public required Guid ChunkId { get; init; }

    /// <summary>The site of replayed events; null for a failed chunk, which keeps its partition.</summary>
    public int? SiteId { get; init; }
    public required int Events { get; init; }

    /// <summary>The replayed events; null for a failed chunk, whose payload is that of <see cref="FailedChunk"/>.</summary>
    public byte[]? Payload { get; init; }
    public required DateTime RequestedAt { get; init; }
    public DateTime? SentAt { get; set; }
}
