using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Ingestion;

/// <summary>Keeps the site list fresh: at once when PostgreSQL notifies, and every 30 s in case a notification was lost.</summary>
sealed class SiteListRefresh(
    SiteList sites, SiteListReader reader, SiteListFile file, IOptions<PostgresSettings> postgres, ILogger<SiteListRefresh> log)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (file.Read() is { } kept) sites.Replace(kept);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The site list could not be read; the collector goes on with the last one.");
                await Task.Delay(Retry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Listens before it reads, so that no change falls between the two.</summary>
    async Task FollowAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(postgres.Value.System);
        await connection.OpenAsync(cancel);
        await using (var listen = new NpgsqlCommand("LISTEN sites", connection)) await listen.ExecuteNonQueryAsync(cancel);
        while (true)
        {
            await ReadAsync(cancel);
            await connection.WaitAsync(Interval, cancel);
        }
    }

    async Task ReadAsync(CancellationToken cancel)
    {
        var snapshot = await reader.ReadAsync(cancel);
        if (sites.Replace(snapshot)) file.Write(snapshot);
        else log.LogWarning("PostgreSQL has no site at all; the collector goes on with the sites it knows.");
    }
}
