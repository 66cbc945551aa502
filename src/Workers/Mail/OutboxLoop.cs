using Microsoft.Extensions.Options;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>Sends what is due when a mail is written, and every 15 s.</summary>
public sealed class OutboxLoop(
    OutboxSender sender, OutboxNotice notice, RowSignals signals, Patience patience, IOptions<MailSettings> settings) : BackgroundService
{
    /// <summary>Mails sent beside each other.</summary>
    const int Lanes = 4;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("mails");
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(TurnAsync, stoppingToken);
            await signal.WaitAsync(Every, stoppingToken);
        }
    }

    async Task TurnAsync(CancellationToken cancel)
    {
        if (settings.Value.Smtp.Length == 0)
            await notice.LogNewAsync(cancel);
        else
            await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => SendAllAsync(cancel)));
    }

    async Task SendAllAsync(CancellationToken cancel)
    {
        while (await sender.SendNextAsync(cancel)) { }
    }
}
