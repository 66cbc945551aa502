using Npgsql;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Repairs visits of the partitions this worker owns, as the owner only: their open visits are in its memory.</summary>
public sealed partial class RepairLoop(
    OwnedPartitions owned, RepairRun run, RebuildRun rebuild, TimeProvider clock, ILogger<RepairLoop> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>A rebuild goes on for so long before other partitions have their turn.</summary>
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var partition in owned.All)
                await TurnAsync(partition, stoppingToken);
    }

    /// <summary>What fails stays recorded and is tried again.</summary>
    async Task TurnAsync(OwnedPartition partition, CancellationToken stop)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, partition.Left);
            var begun = clock.GetTimestamp();
            do await run.RunAsync(partition, both.Token);
            while (await rebuild.StepAsync(await run.SitesAsync(partition, both.Token), both.Token) && clock.GetElapsedTime(begun) < Turn);
        }
        catch (Exception e) when (!stop.IsCancellationRequested && (Outage.Is(e) || e is NpgsqlException or OperationCanceledException or ObjectDisposedException))
        {
            Waiting(log, partition.Lease.Partition, e.Message);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            Failed(log, e, partition.Lease.Partition);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Visits of partition {Partition} wait to be repaired: {Reason}")]
    static partial void Waiting(ILogger log, int partition, string reason);

    [LoggerMessage(LogLevel.Error, "Visits of partition {Partition} could not be repaired")]
    static partial void Failed(ILogger log, Exception error, int partition);
}
