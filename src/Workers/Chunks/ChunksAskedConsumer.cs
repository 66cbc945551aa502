using MassTransit;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Tells a collector which of its open chunks are finished and which were never heard of.</summary>
public sealed class ChunksAskedConsumer(IDbContextFactory<SystemDb> databases) : IConsumer<ChunksAsked>
{
    public async Task Consume(ConsumeContext<ChunksAsked> context)
    {
        var asked = context.Message;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var known = await db.Chunks.AsNoTracking()
            .Where(c => asked.ChunkIds.Contains(c.CorrelationId) && c.SealedAt != null)
            .ToDictionaryAsync(c => c.CorrelationId, c => c.FinishedAt != null, context.CancellationToken);
        var collector = await context.GetSendEndpoint(CollectorAddress.Of(asked.CollectorId));
        await collector.Send(new ChunkStanding(
            asked.CollectorId,
            [.. asked.ChunkIds.Where(id => known.GetValueOrDefault(id))],
            [.. asked.ChunkIds.Where(id => !known.ContainsKey(id))]), context.CancellationToken);
    }
}
