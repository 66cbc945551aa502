using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Workers.Live;

/// <summary>Publishes changed live numbers once a second. One that is lost does no harm: the next replaces it.</summary>
public sealed partial class LiveLoop(LiveBoard board, IBus bus, TimeProvider clock, ILogger<LiveLoop> log) : BackgroundService
{
    const int SitesPerMessage = 500;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Useful = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await PublishAsync(stoppingToken);
    }

    async Task PublishAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Useful);
        try
        {
            foreach (var sites in board.Changes(clock.GetUtcNow().UtcDateTime).Chunk(SitesPerMessage))
                await bus.Publish(new SitesActive(sites), Fleeting, limit.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            NotPublished(log, e.Message);
        }
    }

    static void Fleeting(PublishContext<SitesActive> context) => (context.Durable, context.TimeToLive) = (false, Useful);

    [LoggerMessage(LogLevel.Warning, "Live numbers could not be published: {Reason}")]
    static partial void NotPublished(ILogger log, string reason);
}
