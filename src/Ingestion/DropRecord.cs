using MemoryPack;

namespace SaaS.Analytics.Ingestion;

/// <summary>Payload of a drop record: events of one request that were dropped for the same reason.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
sealed partial record DropRecord(
    [property: MemoryPackOrder(0)] string Outcome, [property: MemoryPackOrder(1)] string Reason, [property: MemoryPackOrder(2)] int Count);
