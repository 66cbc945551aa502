using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Ingestion;

/// <summary>Opens the spool before the first request, seals while the collector runs, closes it after the last.</summary>
sealed class SpoolHost(Spool spool, Sealer sealer) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        spool.Open();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        spool.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sealer.RunAsync(stoppingToken);
}
