using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// Before a stop: events are still taken, but the load balancer is told to look elsewhere and clients to connect anew, so
/// that no request meets a closed door.
/// </summary>
sealed class Drain(IOptions<IngestionSettings> settings, TimeProvider time) : IHostedLifecycleService
{
    volatile bool draining;

    public bool IsDraining => draining;

    /// <summary>Asks clients not to use the connection again.</summary>
    public Task CloseConnections(HttpContext context, RequestDelegate next)
    {
        if (draining) context.Response.Headers.Connection = "close";
        return next(context);
    }

    /// <summary>Runs before the web server, or anything else, is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        draining = true;
        await Task.Delay(TimeSpan.FromSeconds(settings.Value.DrainSeconds), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
