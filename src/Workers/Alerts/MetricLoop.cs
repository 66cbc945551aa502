namespace SaaS.Analytics.Workers.Alerts;

/// <summary>Looks at rules about numbers every 10 s. A store that is away is no alert: nothing was looked at.</summary>
public sealed partial class MetricLoop(MetricWatch watch, TimeProvider clock, ILogger<MetricLoop> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await watch.LookAsync(clock.GetUtcNow().UtcDateTime, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotLooked(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Alert rules about numbers could not be looked at; again in 10 s")]
    static partial void NotLooked(ILogger log, Exception error);
}
