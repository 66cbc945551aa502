using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>What this collector is told of its chunks, on its own queue.</summary>
sealed class CollectorInbox(OpenChunks chunks, Spool spool) : IConsumer<ChunkFinished>, IConsumer<ChunkStanding>
{
    public Task Consume(ConsumeContext<ChunkFinished> context) => FinishAsync(context.Message.ChunkId);

    public async Task Consume(ConsumeContext<ChunkStanding> context)
    {
        await Task.WhenAll(context.Message.Finished.Select(FinishAsync));
        // A chunk still on its way for the first time is unknown too; it waits in its lane already.
        foreach (var id in context.Message.Unknown)
            if (chunks.Find(id) is { PublishedAt: not null } chunk) chunks.Enqueue(chunk);
    }

    /// <summary>Once the record is durable the sealer closes the chunk; without it the next start publishes it again.</summary>
    Task FinishAsync(Guid id) => chunks.Find(id) is { } chunk ? spool.NoteAsync(RecordKind.Finished, chunk) : Task.CompletedTask;
}
