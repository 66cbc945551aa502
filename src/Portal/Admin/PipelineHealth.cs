using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Portal.Admin;

/// <summary>A quarantined chunk without its payload. Times are UTC.</summary>
public sealed record QuarantinedChunk(Guid ChunkId, string CollectorId, int Partition, int Events, string Error, DateTime FailedAt, DateTime? ReplayedAt);

/// <summary>A chunk that was sealed some time ago and is neither stored nor quarantined. Times are UTC.</summary>
public sealed record OpenChunkRow(Guid ChunkId, string CollectorId, int Partition, int Events, DateTime SealedAt);

/// <summary>A partition and the worker that owns it now; nobody where <see cref="Owner"/> is empty.</summary>
public sealed record PartitionOwner(int Partition, string Owner, DateTime Until);

/// <summary>What the operator must know of the pipeline, of all tenants.</summary>
public sealed class PipelineHealth(IDbContextFactory<SystemDb> databases, TimeProvider clock)
{
    /// <summary>Most rows shown of a kind; the counts say how many there are.</summary>
    public const int Shown = 100;
    static readonly TimeSpan Slow = TimeSpan.FromMinutes(5);

    public async Task<List<OperatorAlert>> AlertsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.OperatorAlerts.AsNoTracking().Where(a => a.ResolvedAt == null).OrderBy(a => a.Since).Take(Shown).ToListAsync(cancel);
    }

    /// <summary>The newest first, and how many there are.</summary>
    public async Task<(List<QuarantinedChunk> Rows, int Count)> QuarantinedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.FailedChunks.OrderByDescending(c => c.FailedAt).Take(Shown)
            .Select(c => new QuarantinedChunk(c.ChunkId, c.CollectorId, c.Partition, c.Events, c.Error, c.FailedAt, c.ReplayedAt)).ToListAsync(cancel);
        return (rows, await db.FailedChunks.CountAsync(cancel));
    }

    /// <summary>Sealed more than five minutes ago and not finished, the oldest first, and how many there are.</summary>
    public async Task<(List<OpenChunkRow> Rows, int Count)> StuckAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var before = clock.GetUtcNow().UtcDateTime - Slow;
        var stuck = db.Chunks.Where(c => c.FinishedAt == null && c.SealedAt < before);
        var rows = await stuck.OrderBy(c => c.SealedAt).Take(Shown)
            .Select(c => new OpenChunkRow(c.CorrelationId, c.CollectorId, c.Partition, c.Events, c.SealedAt!.Value)).ToListAsync(cancel);
        return (rows, await stuck.CountAsync(cancel));
    }

    public async Task<List<PartitionOwner>> PartitionsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.PartitionLeases.OrderBy(l => l.Partition).Select(l => new PartitionOwner(l.Partition, l.Until > now ? l.Owner : "", l.Until)).ToListAsync(cancel);
    }

    /// <summary>Messages that no consumer could handle; they are kept with their content.</summary>
    public async Task<int> FailedMessagesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.FailedMessages.CountAsync(cancel);
    }
}
