using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>A sealed chunk whose saga is not done yet.</summary>
sealed class OpenChunk(SealedChunk chunk, int partition, SpoolPosition position, int recordBytes)
{
    public Guid Id { get; } = chunk.ChunkId;
    public int Partition => partition;
    public int Count { get; } = chunk.Count;
    public DateTime SealedAt { get; } = chunk.SealedAt;
    public IReadOnlyList<ReceiptCount> Counts { get; } = chunk.ReceiptCounts();

    /// <summary>The seal record, from which the payload is read again.</summary>
    public SpoolPosition Position => position;
    public int RecordBytes => recordBytes;

    /// <summary>Null where the backlog is too large for the memory, and once published.</summary>
    public byte[]? Payload { get; set; }

    /// <summary>Starts of a process that handed it over; a chunk that kills its process shows here.</summary>
    public int Attempts { get; set; }

    /// <summary>Timestamp of the last publish that the broker confirmed; null while it waits its turn.</summary>
    public long? PublishedAt { get; set; }
    public bool Waiting { get; set; }
    public volatile bool Finished;
}
