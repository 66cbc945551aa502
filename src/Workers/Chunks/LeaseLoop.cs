using Microsoft.Extensions.Options;
using Npgsql;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>Keeps this worker's fair share of the partitions, and hands them over when it stops.</summary>
public sealed partial class LeaseLoop(
    Leases leases, OwnedPartitions owned, IOptions<WorkerSettings> settings, IOptions<BrokerSettings> broker, ILogger<LeaseLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Value.RenewEvery);
        do await TurnAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Renews, gives back what is over the share, takes what is free under it.</summary>
    public async Task TurnAsync(CancellationToken cancel)
    {
        try
        {
            var share = Share(await leases.CheckInAsync(cancel));
            var kept = await leases.RenewAsync(owned.Leases, cancel);
            foreach (var lost in owned.Leases.Except(kept).ToList()) await owned.StopAsync(lost);
            foreach (var surplus in owned.Leases.Skip(share).ToList()) await HandOverAsync(surplus, cancel);
            await ClaimAsync(share, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (Outage.Is(e) || e is NpgsqlException))
        {
            // Nobody else can claim either while PostgreSQL is away: what is owned stays owned.
            DatabaseAway(log, e.Message);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // A worker without this loop would hold its partitions and take no chunk of them.
            TurnFailed(log, e);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            foreach (var lease in owned.Leases) await HandOverAsync(lease, cancellationToken);
            await leases.CheckOutAsync(cancellationToken);
        }
        catch (Exception e) when (Outage.Is(e) || e is NpgsqlException)
        {
            DatabaseAway(log, e.Message);
        }
    }

    async Task ClaimAsync(int share, CancellationToken cancel)
    {
        for (var p = 0; p < broker.Value.Partitions && owned.Leases.Count < share; p++)
            if (!owned.Owns(p) && await leases.ClaimAsync(p, cancel) is { } lease)
                owned.Start(lease);
    }

    async Task HandOverAsync(Lease lease, CancellationToken cancel)
    {
        await owned.StopAsync(lease);
        await leases.ReleaseAsync(lease, cancel);
    }

    int Share(int workers) => (broker.Value.Partitions + workers - 1) / workers;

    [LoggerMessage(LogLevel.Error, "Leases could not be brought up to date; trying again")]
    static partial void TurnFailed(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Warning, "Leases cannot be renewed, PostgreSQL is away: {Reason}")]
    static partial void DatabaseAway(ILogger log, string reason);
}
