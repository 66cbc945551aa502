using System.Buffers;
using System.Text.Json;
using MemoryPack;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>Payload of a seal record: the chunk as it is published, now and in every replay, and the records it was made of.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
sealed partial class SealedChunk
{
    [MemoryPackOrder(0)] public required Guid ChunkId { get; init; }
    [MemoryPackOrder(1)] public required int Count { get; init; }
    [MemoryPackOrder(2)] public required DateTime SealedAt { get; init; }

    /// <summary>First record of the partition in this chunk.</summary>
    [MemoryPackOrder(3)] public required long From { get; init; }

    /// <summary>Last one: every record of the partition up to here is in this chunk or an earlier one.</summary>
    [MemoryPackOrder(4)] public required long To { get; init; }

    /// <summary>JSON of <see cref="ChunkSealed.Counts"/>.</summary>
    [MemoryPackOrder(5)] public required byte[] Counts { get; init; }

    /// <summary><see cref="ChunkPayload"/>.</summary>
    [MemoryPackOrder(6)] public required byte[] Payload { get; init; }

    /// <summary><see cref="DroppedContent"/>; null where nothing was dropped.</summary>
    [MemoryPackOrder(7)] public byte[]? Dropped { get; init; }

    public IReadOnlyList<ReceiptCount> ReceiptCounts() => JsonSerializer.Deserialize<List<ReceiptCount>>(Counts) ?? [];

    public void WriteTo(ArrayBufferWriter<byte> buffer, int partition)
    {
        var start = SpoolRecord.Begin(buffer);
        MemoryPackSerializer.Serialize(buffer, this);
        SpoolRecord.End(buffer, start, RecordKind.Seal, 0, partition, new DateTimeOffset(SealedAt).ToUnixTimeMilliseconds());
    }

    /// <exception cref="InvalidDataException">The record carries no chunk.</exception>
    public static SealedChunk Of(in SpoolRecord record) =>
        MemoryPackSerializer.Deserialize<SealedChunk>(record.Payload.Span) ?? throw new InvalidDataException("Empty seal record.");
}
