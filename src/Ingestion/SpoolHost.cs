using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Ingestion;

/// <summary>Opens the spool before the first request, seals while the collector runs, closes it after the last.</summary>
sealed class SpoolHost(Spool spool, Sealer sealer, OpenChunks chunks) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        spool.Open();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(chunks.All.Where(c => c.Attempted).Select(c => spool.NoteAsync(RecordKind.Released, c)));
        spool.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sealer.RunAsync(stoppingToken);
}
