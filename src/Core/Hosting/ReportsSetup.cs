using ClickHouse.Driver;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Hosting;

public static class ReportsSetup
{
    /// <summary><see cref="Reporter"/> , the ledger and what they are made of, on ClickHouse.</summary>
    public static IHostApplicationBuilder AddReports(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ClickHouseSettings>(ClickHouseSettings.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            new ReportStore(new ClickHouseClient(services.GetRequiredService<IOptions<ClickHouseSettings>>().Value.Connection)));
        builder.Services.AddSingleton<Reporter>();
        builder.Services.AddSingleton<SiteOverviews>();
        builder.Services.AddSingleton<ActiveVisitors>();
        builder.Services.AddSingleton<EventSearch>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddSingleton<VisitorList>();
        builder.AddLedger();
        return builder;
    }
}
