using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Replay;

/// <summary>Sends replays when one is asked for, and looks every minute for those to send again.</summary>
public sealed partial class ReplayLoop(ReplaySender sender, RowSignals signals, Patience patience, ILogger<ReplayLoop> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var signal = signals.On("replays");
        while (!stoppingToken.IsCancellationRequested)
        {
            await patience.UntilThereAsync(TurnAsync, stoppingToken);
            await signal.WaitAsync(Every, stoppingToken);
        }
    }

    async Task TurnAsync(CancellationToken cancel)
    {
        try
        {
            while (await sender.SendNextAsync(cancel)) { }
        }
        catch (Exception e) when (!Outage.Is(e) && !cancel.IsCancellationRequested)
        {
            // The broker's answer, most likely: the row stays and is sent with the next turn.
            NotSent(log, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A replayed chunk could not be sent; again in a minute")]
    static partial void NotSent(ILogger log, Exception error);
}
