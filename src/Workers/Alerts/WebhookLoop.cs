using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Sends webhooks when one is written, and every 15 s.</summary>
public sealed class WebhookLoop(WebhookSender sender, RowSignals signals, Patience patience) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("deliveries");
        await new Lanes(patience, sender.SendNextAsync).RunAsync(cancel => signal.WaitAsync(Every, cancel), stoppingToken);
    }
}
