using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Data;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>A partition this worker owns, and the epoch of its ownership.</summary>
public readonly record struct Lease(int Partition, long Epoch);

/// <summary>
/// Who owns which partition, in PostgreSQL. Only the database's clock decides, so that workers need not agree on the time.
/// </summary>
public sealed class Leases(IDbContextFactory<SystemDb> databases, IOptions<WorkerSettings> settings)
{
    readonly string me = settings.Value.Name;
    readonly TimeSpan lease = settings.Value.Lease;

    /// <summary>Says that this worker lives.</summary>
    /// <returns>How many do, this one included.</returns>
    public async Task<int> CheckInAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO pipeline.live_workers (name, until) VALUES ({me}, now() + {lease})
            ON CONFLICT (name) DO UPDATE SET until = excluded.until
            """, cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM pipeline.live_workers WHERE until < now() - interval '1 day'", cancel);
        var live = await db.Database.SqlQuery<int>(
            $"""SELECT count(*)::int AS "Value" FROM pipeline.live_workers WHERE until >= now()""").ToListAsync(cancel);
        return Math.Max(1, live[0]);
    }

    /// <summary>Prolongs what is still this worker's.</summary>
    /// <returns>The leases kept; the others belong to somebody else now.</returns>
    public async Task<HashSet<Lease>> RenewAsync(IReadOnlyCollection<Lease> held, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        int[] partitions = [.. held.Select(l => l.Partition)];
        long[] epochs = [.. held.Select(l => l.Epoch)];
        var kept = await db.Database.SqlQuery<int>($"""
            UPDATE pipeline.partition_leases SET until = now() + {lease}
            FROM unnest({partitions}, {epochs}) AS held (partition, epoch)
            WHERE partition_leases.partition = held.partition AND partition_leases.epoch = held.epoch AND owner = {me}
            RETURNING partition_leases.partition AS "Value"
            """).ToListAsync(cancel);
        return [.. held.Where(l => kept.Contains(l.Partition))];
    }

    /// <summary>Takes a partition that is free, or was this worker's own in an earlier life.</summary>
    /// <returns>Null when it is another's.</returns>
    public async Task<Lease?> ClaimAsync(int partition, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var epochs = await db.Database.SqlQuery<long>($"""
            INSERT INTO pipeline.partition_leases (partition, owner, epoch, until) VALUES ({partition}, {me}, 1, now() + {lease})
            ON CONFLICT (partition) DO UPDATE SET owner = excluded.owner, epoch = partition_leases.epoch + 1, until = excluded.until
            WHERE partition_leases.until < now() OR partition_leases.owner = excluded.owner
            RETURNING epoch AS "Value"
            """).ToListAsync(cancel);
        return epochs.Count == 0 ? null : new Lease(partition, epochs[0]);
    }

    /// <summary>Gives a partition back; the row stays, for its epoch.</summary>
    public async Task ReleaseAsync(Lease released, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            UPDATE pipeline.partition_leases SET until = '-infinity', owner = ''
            WHERE partition = {released.Partition} AND epoch = {released.Epoch} AND owner = {me}
            """, cancel);
    }

    /// <summary>Says that this worker is gone, so that the others take its share now.</summary>
    public async Task CheckOutAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM pipeline.live_workers WHERE name = {me}", cancel);
    }
}
