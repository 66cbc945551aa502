using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Migrations;
using SaaS.Analytics.Portal;
using SaaS.Analytics.Traffic.Demo;
using SaaS.Analytics.Workers;

namespace SaaS.Analytics.Standalone;

/// <summary>Portal, collector and workers as one web application; the port decides which of the two web hosts answers.</summary>
static class StandaloneApp
{
    public static WebApplication Build(StandaloneOptions options, DataDirectory data, Addresses addresses, MigrationSettings stores)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(StandaloneApp).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(Settings(options, data, addresses, stores));
        if (options.Demo) builder.Configuration["Portal:Operators:0"] = DemoTenant.Email;
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("SaaS.Analytics.Workers.Chunks", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning).AddFilter("Hangfire", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(addresses.PortalPort);
            kestrel.ListenLocalhost(addresses.CollectorPort);
        });
        builder.AddDatabase();
        builder.AddIngestion();
        builder.AddWorkers();
        builder.AddPortal();
        builder.AddDemo();
        builder.AddBus();
        var app = builder.Build();
        app.MapWhen(http => http.Connection.LocalPort == addresses.CollectorPort, collector => collector.UseIngestion());
        app.UsePortal();
        return app;
    }

    static Dictionary<string, string?> Settings(StandaloneOptions options, DataDirectory data, Addresses addresses, MigrationSettings stores) => new()
    {
        ["Postgres:App"] = stores.PostgresApp,
        ["Postgres:System"] = stores.PostgresSystem,
        ["ClickHouse:Connection"] = stores.ClickHouse,
        ["Workers:Name"] = options.Postgres is null ? "embedded" : $"standalone-{Environment.MachineName}-{Environment.ProcessId}",
        ["Broker:Url"] = options.Broker ?? "memory",
        ["Broker:Partitions"] = options.Broker is null ? "2" : "16",
        ["Ingestion:DrainSeconds"] = "0",
        ["Ingestion:SpoolDirectory"] = data.Sub("spool"),
        ["Ingestion:CollectorId"] = options.Broker is null ? "embedded" : "",
        ["Ingestion:SaltKeyDirectory"] = data.Sub("salt-keys"),
        ["Portal:PublicUrl"] = addresses.Portal,
        ["Portal:CollectorUrl"] = addresses.Collector,
        ["Portal:OutboxToken"] = options.Smtp is null ? data.Secrets.OutboxToken : "",
        ["Mail:Smtp"] = options.Smtp ?? "",
        ["Demo:Events"] = $"{options.DemoEvents}",
    };
}
