using ClickHouse.Driver;
using ClickHouse.Driver.ADO;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Hosting;

public static class ClickHouseSetup
{
    /// <summary>One <see cref="ClickHouseClient"/> a process and the stores on it. May be called by every host of a process.</summary>
    public static IHostApplicationBuilder AddClickHouse(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ClickHouseSettings>(ClickHouseSettings.Section);
        builder.Services.TryAddSingleton(services =>
            Client(services.GetRequiredService<IOptions<ClickHouseSettings>>().Value.Connection));
        builder.Services.TryAddSingleton<BlockWriter>();
        builder.Services.TryAddSingleton<EventStore>();
        builder.Services.TryAddSingleton<EventCorrections>();
        builder.Services.TryAddSingleton<UnreadAgents>();
        builder.Services.TryAddSingleton<VisitStore>();
        builder.Services.TryAddSingleton<VisitorStore>();
        builder.Services.TryAddSingleton<LedgerStore>();
        builder.Services.TryAddSingleton<AnalyticStore>();
        return builder;
    }

    /// <summary>A client as every host uses it; the caller disposes it.</summary>
    public static ClickHouseClient Client(string connection) =>
        new(new ClickHouseClientSettings(connection) { MapReadMode = MapReadMode.KeyValuePairs });
}
