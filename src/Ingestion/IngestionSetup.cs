using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion.Geo;
using SaaS.Analytics.Ingestion.Tags;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Ingestion;

/// <summary>The collector as part of a host: settings, spool, endpoints.</summary>
public static class IngestionSetup
{
    public static WebApplicationBuilder AddIngestion(this WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddSettings<BrokerSettings>(BrokerSettings.Section);
        builder.AddSettings<IngestionSettings>(IngestionSettings.Section);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.AddData();
        AddSites(services);
        AddSenders(services);
        AddSpool(services);
        services.AddTags();
        services.AddSingleton<Drain>().AddHostedService(s => s.GetRequiredService<Drain>());
        services.AddSingleton<EventRecorder>().AddSingleton<BatchEndpoint>().AddSingleton<SiteScriptEndpoint>();
        builder.OnBus(bus => bus.AddConsumer<CollectorInbox>(), OwnQueue);
        return builder;
    }

    /// <summary>The collector's routes: <c>/v1/…</c>, <c>/js/…</c>, <c>/health/…</c>. Works in a branch of its own.</summary>
    public static IApplicationBuilder UseIngestion(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        app.Use(services.GetRequiredService<Drain>().CloseConnections);
        app.UseRouting();
        return app.UseEndpoints(routes =>
        {
            routes.MapPost("/v1/batch", services.GetRequiredService<BatchEndpoint>().HandleAsync);
            routes.MapMethods("/v1/batch", [HttpMethods.Options], CorsHeaders.Preflight);
            routes.MapPost("/v1/tags", services.GetRequiredService<TagReportEndpoint>().HandleAsync);
            routes.MapPost("/v1/preview", services.GetRequiredService<PreviewEndpoint>().HandleAsync);
            routes.MapMethods("/js/{trackingId}.js", [HttpMethods.Get, HttpMethods.Head], services.GetRequiredService<SiteScriptEndpoint>().HandleAsync);
            routes.MapGet("/health/live", HealthEndpoints.Live);
            routes.MapGet("/health/ready", HealthEndpoints.Ready(services.GetRequiredService<Spool>(), services.GetRequiredService<SiteList>(), services.GetRequiredService<Drain>()));
        });
    }

    static void AddSites(IServiceCollection services) => services
        .AddSingleton<SiteList>().AddSingleton<SiteListReader>().AddSingleton<SiteListFile>().AddSingleton<SiteLookup>().AddHostedService<SiteListRefresh>();

    static void AddSenders(IServiceCollection services) => services
        .AddSingleton<SaltKeys>().AddSingleton<SaltRows>().AddSingleton<Salts>().AddHostedService<SaltKeeper>().AddHostedService<GeoWarmUp>()
        .AddSingleton<RateLimits>().AddSingleton<ClientAddress>().AddSingleton<GeoLookup>().AddSingleton<SenderLookup>();

    static void AddSpool(IServiceCollection services) => services
        .AddSingleton<CollectorName>().AddSingleton<SpoolSpace>().AddSingleton<OpenChunks>().AddSingleton<Sealer>().AddSingleton<Spool>()
        .AddSingleton<PartitionQueues>().AddSingleton<ChunkHandOver>().AddSingleton<ChunkQuarantine>().AddSingleton<ChunkDelivery>()
        .AddHostedService<SpoolHost>().AddHostedService<ChunkPublisher>().AddSingleton<ChunkQuestions>().AddHostedService<ChunkQuestionLoop>();

    static void OwnQueue(IBusRegistrationContext context, IBusFactoryConfigurator bus)
    {
        var name = ChunkQueues.Collector(context.GetRequiredService<CollectorName>().Id);
        bus.ReceiveEndpoint(name, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.ConfigureConsumer<CollectorInbox>(context);
        });
    }
}
