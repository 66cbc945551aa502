using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>What is derived from some chunks and waits to be written together.</summary>
public sealed record Snapshots(IReadOnlyList<VisitRow> Visits, IReadOnlyList<VisitorRow> Visitors, IReadOnlyList<LedgerRow> Ledger)
{
    public static Snapshots Of(ChunkResult chunk) => new(chunk.Visits, chunk.Visitors, chunk.Ledger);

    public static Snapshots Of(IReadOnlyList<LedgerRow> ledger) => new([], [], ledger);

    public static Snapshots Together(IReadOnlyCollection<Snapshots> all) => new(
        [.. all.SelectMany(s => s.Visits)], [.. all.SelectMany(s => s.Visitors)], [.. all.SelectMany(s => s.Ledger)]);
}
