using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Sends webhooks when one is written, and every 15 s.</summary>
public sealed class WebhookLoop(WebhookSender sender, RowSignals signals, Patience patience) : BackgroundService
{
    const int Lanes = 4;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("deliveries");
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(cancel => Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => SendAllAsync(cancel))), stoppingToken);
            await signal.WaitAsync(Every, stoppingToken);
        }
    }

    async Task SendAllAsync(CancellationToken cancel)
    {
        while (await sender.SendNextAsync(cancel)) { }
    }
}
