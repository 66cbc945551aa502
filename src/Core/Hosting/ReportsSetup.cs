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
        builder.AddReportStore();
        builder.AddAnswers();
        builder.Services.AddSingleton<Reporter>();
        builder.Services.AddSingleton<SiteOverviews>();
        builder.Services.AddSingleton<ActiveVisitors>();
        builder.Services.AddSingleton<EventSearch>();
        builder.Services.AddSingleton<ReportLetter>();
        builder.Services.AddSingleton<RawExport>();
        builder.Services.AddSingleton<Retention>();
        builder.Services.AddSingleton<VisitorList>();
        builder.Services.AddSingleton<Months>();
        builder.Services.AddSingleton<VisitReader>();
        builder.Services.AddSingleton<AlertPreviews>();
        builder.AddLedger();
        return builder;
    }

    /// <summary>Answers are kept in memory, and in Redis beside it where a connection string is given.</summary>
    static void AddAnswers(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[$"{ReportLimits.Section}:{nameof(ReportLimits.Redis)}"] is { Length: > 0 } redis)
            builder.Services.AddStackExchangeRedisCache(options => (options.Configuration, options.InstanceName) = (redis, "reports:"));
        builder.Services.AddHybridCache(options => options.MaximumPayloadBytes = LargestAnswer);
        builder.Services.AddSingleton<RollupDays>().AddSingleton<SitePulse>();
        builder.Services.AddSingleton<Answers>();
    }

    const long LargestAnswer = 8 << 20;

    /// <summary>What runs queries of reports. May be called by every host of a process.</summary>
    public static IHostApplicationBuilder AddReportStore(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<ClickHouseSettings>(ClickHouseSettings.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddSettings<ReportLimits>(ReportLimits.Section);
        builder.Services.TryAddSingleton(services => new ReportStore(
            new ClickHouseClient(services.GetRequiredService<IOptions<ClickHouseSettings>>().Value.Connection),
            services.GetRequiredService<IOptions<ReportLimits>>().Value));
        builder.Services.TryAddSingleton<VisitorPasts>();
        return builder;
    }
}
