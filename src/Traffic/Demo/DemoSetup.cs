using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Live;

namespace SaaS.Analytics.Traffic.Demo;

public static class DemoSetup
{
    /// <summary>
    /// Registers <see cref="DemoSite"/>; the host must have the portal's accounts. Live traffic waits for
    /// <see cref="DemoSite.GoLive"/>.
    /// </summary>
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        builder.AddClickHouse();
        builder.AddPipeline();
        builder.AddSettings<DemoSettings>(DemoSettings.Section);
        builder.Services.AddScoped<DemoTenant>();
        builder.Services.AddSingleton<HistoryLoader>();
        builder.Services.AddSingleton<DemoSite>();
        builder.Services.AddHttpClient(nameof(LiveTraffic)).RemoveAllLoggers();
        builder.Services.AddSingleton<LiveTraffic>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveTraffic>());
        return builder;
    }
}
