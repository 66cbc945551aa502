using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Data;

/// <summary>An event that was dropped as <c>invalid</c>, with its content, so that its owner can see why and replay it after a fix.</summary>
public sealed class FailedEvent : ITenantOwned
{
    public Guid Id { get; init; }
    public required Guid TenantId { get; init; }
    public required int SiteId { get; init; }

    /// <summary>The chunk it came in, or with.</summary>
    public required Guid ChunkId { get; init; }

    /// <summary>Its place there; with <see cref="ChunkId"/> what makes a repeat of the chunk change nothing.</summary>
    public required int Place { get; init; }
    public required Guid EventId { get; init; }
    public required string Name { get; init; }

    /// <summary>As in the ledger.</summary>
    public required string Reason { get; init; }

    /// <summary>What the step said that could not digest it; else empty.</summary>
    public required string Details { get; init; }
    public required DateTime ReceivedAt { get; init; }

    /// <summary>MemoryPack of <see cref="Events.CollectedEvent"/>.</summary>
    public required byte[] Payload { get; init; }
    public DateTime? ReplayedAt { get; set; }
}
