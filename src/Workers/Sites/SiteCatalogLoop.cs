using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Sites;

/// <summary>Re-reads the sites when one changes, and every 30 s.</summary>
public sealed class SiteCatalogLoop(SiteCatalog sites, RowSignals signals, Patience patience) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("sites");
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(sites.ReadAsync, stoppingToken);
            await signal.WaitAsync(Every, stoppingToken);
        }
    }
}
