using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Ingestion.Geo;

sealed class GeoWarmUp(GeoLookup geo) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(geo.Warm, stoppingToken);
}
