using MassTransit;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Writes what the collector counted when it sealed: events received, and those it dropped at the door.</summary>
public sealed class SealedLedgerConsumer(SnapshotWriter snapshots) : IConsumer<ChunkSealed>
{
    public Task Consume(ConsumeContext<ChunkSealed> context)
    {
        var chunk = context.Message;
        LedgerRow[] rows = [.. chunk.Counts.SelectMany(count => Rows(chunk.ChunkId, count))];
        return snapshots.WriteAsync(Snapshots.Of(rows), urgent: false, context.CancellationToken);
    }

    static IEnumerable<LedgerRow> Rows(Guid chunkId, ReceiptCount count) =>
    [
        new(count.SiteId, count.Minute, chunkId, Outcomes.Received, "", count.Received),
        .. count.Dropped.Select(d => new LedgerRow(count.SiteId, count.Minute, chunkId, d.Outcome, d.Reason, d.Count)),
    ];
}
