using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SaaS.Analytics.Ingestion;

/// <summary>Makes the daily salts three days ahead, agrees on them with the other collectors, and destroys them after a day of grace.</summary>
sealed class SaltKeeper(Salts salts, SaltRows rows, TimeProvider time, ILogger<SaltKeeper> log) : BackgroundService
{
    const int DaysAhead = 3;
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        salts.Load();
        await TickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>A disk that fails now need not fail in a minute; the salts of the next days are in memory already.</summary>
    async Task TryTickAsync(CancellationToken cancel)
    {
        try
        {
            await TickAsync(cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogError(e, "The daily salts or their keys could not be written.");
        }
    }

    /// <summary>Today's salt exists afterwards, with PostgreSQL or without.</summary>
    public async Task TickAsync(CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1)) salts.Offer(day);
        salts.DestroyBefore(today.AddDays(-1));
        try
        {
            await rows.DeleteBeforeAsync(today.AddDays(-1), cancel);
            for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
                salts.Keep(day, await rows.AgreeAsync(day, salts.Offer(day), time.GetUtcNow().UtcDateTime, cancel));
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException or CryptographicException)
        {
            log.LogWarning(e, "The daily salts could not be agreed on with the other collectors; going on with those at hand.");
        }
    }
}
