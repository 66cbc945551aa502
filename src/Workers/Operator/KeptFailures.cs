using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Operator;

/// <summary>Tells the operator of what failed and is kept until somebody decides: quarantined chunks and messages.</summary>
public sealed class KeptFailures(IDbContextFactory<SystemDb> databases, OperatorAlerts alerts)
{
    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var chunks = await db.FailedChunks
            .Where(f => db.Chunks.Any(c => c.CorrelationId == f.ChunkId && c.CurrentState == "Quarantined"))
            .GroupBy(_ => 1).Select(g => new Kept(g.Count(), g.Min(f => f.FailedAt))).SingleOrDefaultAsync(cancel);
        var messages = await db.FailedMessages.GroupBy(_ => 1).Select(g => new Kept(g.Count(), g.Min(m => m.FailedAt))).SingleOrDefaultAsync(cancel);
        await TellAsync("quarantined_chunks", chunks, "chunks could not be stored and are kept in pipeline.failed_chunks; their events count as dead.", cancel);
        await TellAsync("failed_messages", messages, "messages could not be handled and are kept in pipeline.failed_messages.", cancel);
    }

    Task TellAsync(string kind, Kept? kept, string what, CancellationToken cancel) =>
        alerts.SetAsync(kind, kept is null ? [] : [new OperatorProblem(null, kept.Since, $"{kept.Count} {what}")], DateTime.MinValue, cancel);

    sealed record Kept(int Count, DateTime Since);
}
