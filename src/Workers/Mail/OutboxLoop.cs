using Microsoft.Extensions.Options;
using SaaS.Analytics.Mail;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Mail;

/// <summary>Sends what is due when a mail is written, and every 15 s.</summary>
public sealed class OutboxLoop(
    OutboxSender sender, OutboxNotice notice, RowSignals signals, Patience patience, IOptions<MailSettings> settings) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("mails");
        if (settings.Value.Smtp.Length > 0)
            await new Lanes(patience, sender.SendNextAsync).RunAsync(cancel => signal.WaitAsync(Every, cancel), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(notice.LogNewAsync, stoppingToken);
            await signal.WaitAsync(Every, stoppingToken);
        }
    }
}
