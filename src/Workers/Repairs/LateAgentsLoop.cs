using Microsoft.Extensions.Options;
using Npgsql;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Repairs;

/// <summary>Has unread user agents read for the partitions this worker owns, in small turns beside the chunks.</summary>
public sealed partial class LateAgentsLoop(
    OwnedPartitions owned, LateAgents agents, IOptions<WorkerSettings> settings, TimeProvider clock, ILogger<LateAgentsLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.Value.LateAgentsSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var partition in owned.All.Where(p => p.MayHaveUnreadAgents))
                await TurnAsync(partition, stoppingToken);
    }

    /// <summary>Looks again until nothing is found: a repair may have put back what it had read before.</summary>
    async Task TurnAsync(OwnedPartition partition, CancellationToken stop)
    {
        try
        {
            partition.MayHaveUnreadAgents = false;
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, partition.Left);
            if (await agents.ReadAsync(partition.Lease, both.Token) > 0) partition.MayHaveUnreadAgents = true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested && (Outage.Is(e) || e is NpgsqlException or OperationCanceledException or ObjectDisposedException))
        {
            partition.MayHaveUnreadAgents = true;
            Waiting(log, partition.Lease.Partition, e.Message);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            partition.MayHaveUnreadAgents = true;
            Failed(log, e, partition.Lease.Partition);
        }
    }

    [LoggerMessage(LogLevel.Warning, "User agents of partition {Partition} wait to be read: {Reason}")]
    static partial void Waiting(ILogger log, int partition, string reason);

    [LoggerMessage(LogLevel.Error, "User agents of partition {Partition} could not be read")]
    static partial void Failed(ILogger log, Exception error, int partition);
}
