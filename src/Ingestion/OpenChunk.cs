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

    /// <summary>First and last record it was made of, from which it can be made again where its seal record is damaged.</summary>
    public SpoolPosition From { get; } = new(chunk.From);
    public SpoolPosition To { get; } = new(chunk.To);

    /// <summary>The seal record holds content of events that were dropped at the door.</summary>
    public bool HasDropped { get; } = chunk.Dropped is not null;

    /// <summary>The seal record, from which the payload is read again.</summary>
    public SpoolPosition Position => position;
    public int RecordBytes => recordBytes;

    /// <summary>Null where the backlog is too large for the memory, and once published.</summary>
    public byte[]? Payload { get; set; }

    /// <summary>Processes before this one that handed it over and did not live to see it finished; a chunk that kills shows here.</summary>
    public int Deaths { get; set; }

    /// <summary>This process has noted its attempt.</summary>
    public bool Attempted { get; set; }

    /// <summary>The broker may have it already: from an earlier process, or an earlier try of this one.</summary>
    public bool MayBeThere { get; set; }

    /// <summary>Timestamp of the last publish that the broker confirmed; null while it waits its turn.</summary>
    public long? PublishedAt { get; set; }

    /// <summary>Times it was published again because nobody had finished it.</summary>
    public int Repeats { get; set; }
    public bool Waiting { get; set; }
    public volatile bool Finished;

    public ChunkSealed Announcement(string collectorId) => new(Id, collectorId, Partition, Count, SealedAt, Counts);
}
