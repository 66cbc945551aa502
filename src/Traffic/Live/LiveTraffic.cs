using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Live;

/// <summary>Sends live visitors to a collector, as browsers would, from <see cref="Begin"/> on until the process ends.</summary>
public sealed partial class LiveTraffic(
    IHttpClientFactory clients, IHostApplicationLifetime host, TimeProvider time, ILogger<LiveTraffic> log) : BackgroundService
{
    readonly TaskCompletionSource<LiveTarget> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool failing;

    /// <summary>Opens the doors; calls after the first do nothing.</summary>
    public void Begin(LiveTarget target) => begun.TrySetResult(target);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The collector in this process stops before the services do.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, host.ApplicationStopping);
        var target = await begun.Task.WaitAsync(stop.Token);
        var crowd = new LiveCrowd(ShopProfile.Create(), ShopProfile.Seed, new Dice((ulong)time.GetUtcNow().Ticks));
        var visit = new LiveVisit(target, clients.CreateClient(nameof(LiveTraffic)), time);
        for (var next = time.GetUtcNow(); ; next += crowd.UntilNext(target.VisitsPerSecond))
        {
            var wait = next - time.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop.Token);
            _ = PlayAsync(visit, crowd, stop.Token);
        }
    }

    /// <summary>A visit that fails ends; said once until the collector answers again.</summary>
    async Task PlayAsync(LiveVisit visit, LiveCrowd crowd, CancellationToken cancel)
    {
        try
        {
            await visit.PlayAsync(crowd.Arrive(Now()), cancel);
            failing = false;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            if (!failing) Failing(log, e.Message);
            failing = true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The process ends, and with it the visit.
        }
    }

    /// <summary>Whole milliseconds.</summary>
    DateTime Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()).UtcDateTime;

    [LoggerMessage(LogLevel.Warning, "Live visitors do not reach the collector: {Error}")]
    static partial void Failing(ILogger log, string error);
}
