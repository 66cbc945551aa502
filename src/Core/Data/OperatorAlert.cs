namespace SaaS.Analytics.Data;

/// <summary>Something the operator must look at; one open row for each kind and site.</summary>
public sealed class OperatorAlert
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary><c>ledger_imbalance</c>, <c>stuck_chunks</c>, <c>quarantined_chunks</c>, <c>failed_messages</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null where it concerns no one site.</summary>
    public int? SiteId { get; init; }

    /// <summary>When it began, as far as is known.</summary>
    public required DateTime Since { get; init; }

    /// <summary>A sentence for a person; kept up to date while the alert is open.</summary>
    public required string Details { get; set; }
    public required DateTime RaisedAt { get; init; }
    public DateTime? ResolvedAt { get; set; }
}
