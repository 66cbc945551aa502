using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Ingestion;

static class HostStart
{
    /// <summary>Completes when every hosted service has started: the bus is only ready then.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime host, CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }
}
