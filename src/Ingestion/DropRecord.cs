using MemoryPack;

namespace SaaS.Analytics.Ingestion;

/// <summary>Payload of a drop record: events of one request that were dropped for the same reason.</summary>
/// <param name="Outcome">As in the ledger.</param>
/// <param name="Reason">As in the ledger.</param>
/// <param name="Count">How many.</param>
/// <param name="Events">Some of them, where they could be read: MemoryPack of <see cref="SaaS.Analytics.Events.CollectedEvent"/>.</param>
[MemoryPackable(GenerateType.VersionTolerant)]
sealed partial record DropRecord(
    [property: MemoryPackOrder(0)] string Outcome, [property: MemoryPackOrder(1)] string Reason, [property: MemoryPackOrder(2)] int Count,
    [property: MemoryPackOrder(3)] byte[][]? Events = null);
