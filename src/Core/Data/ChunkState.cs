using MassTransit;

namespace SaaS.Analytics.Data;

/// <summary>The chunk saga's row: the ledger's memory of what is in flight. Kept 7 days after Done, so that a repeat starts nothing.</summary>
public sealed class ChunkState : SagaStateMachineInstance
{
    /// <summary>The chunk's id.</summary>
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";
    public string CollectorId { get; set; } = "";
    public int Partition { get; set; }

    /// <summary>Events in the chunk.</summary>
    public int Events { get; set; }

    /// <summary>Per-site, per-minute counts as sealed (JSON of <c>ChunkSealed.Counts</c>).</summary>
    public string Counts { get; set; } = "[]";
    public DateTime? SealedAt { get; set; }
    public DateTime? StoredAt { get; set; }

    /// <summary>Done or Quarantined since.</summary>
    public DateTime? FinishedAt { get; set; }
    public string? Error { get; set; }

    /// <summary>Channels that have not kept their part yet, with commas between; null: none was ever told, empty: all have.</summary>
    public string? Waiting { get; set; }

    /// <summary>It is, or was, quarantined.</summary>
    public bool WasDead { get; set; }

    /// <summary>The ledger does not hold what this row says of received and dead events yet.</summary>
    public bool Uncounted { get; set; }
}
