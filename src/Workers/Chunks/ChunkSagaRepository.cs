using MassTransit;
using MassTransit.Context;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>
/// Saga rows in PostgreSQL, one transaction a message. The row is locked while its message is handled; the insert that
/// comes second finds the first one's row. Every event of the saga may be the one that starts it.
/// </summary>
public sealed class ChunkSagaRepository(IDbContextFactory<SystemDb> databases, ChunkLedgerLoop ledger) : ISagaRepository<ChunkState>
{
    public async Task Send<T>(
        ConsumeContext<T> context, ISagaPolicy<ChunkState, T> policy, IPipe<SagaConsumeContext<ChunkState, T>> next) where T : class
    {
        var id = context.CorrelationId ?? throw new SagaException("The message names no chunk.", typeof(ChunkState), typeof(T));
        var cancel = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var saga = await LockAsync(db, id, cancel);
        await policy.Existing(new DefaultSagaConsumeContext<ChunkState, T>(context, saga), next);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (saga.Uncounted) ledger.Wake();
    }

    public Task SendQuery<T>(
        ConsumeContext<T> context, ISagaQuery<ChunkState> query, ISagaPolicy<ChunkState, T> policy,
        IPipe<SagaConsumeContext<ChunkState, T>> next) where T : class =>
        throw new NotSupportedException("Chunks are found by their id only.");

    public void Probe(ProbeContext context) => context.CreateScope("chunk-saga-repository");

    static async Task<ChunkState> LockAsync(SystemDb db, Guid id, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.chunks (correlation_id, current_state, collector_id, partition, events, counts, was_dead, uncounted)
            VALUES ({id}, '', '', 0, 0, '[]', false, false) ON CONFLICT DO NOTHING
            """, cancel);
        var rows = await db.Chunks
            .FromSql($"SELECT * FROM pipeline.chunks WHERE correlation_id = {id} FOR UPDATE").AsTracking().ToListAsync(cancel);
        return rows.Single();
    }
}
