using System.Net;
using MassTransit;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Workers.Chunks;

namespace SaaS.Analytics.Workers.Alerts;

static class AlertsSetup
{
    public static IHostApplicationBuilder AddAlerts(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<AlertingSettings>(AlertingSettings.Section);
        builder.Services.AddOptions<PortalAddress>().BindConfiguration(PortalAddress.Section);
        builder.AddReportStore();
        builder.Services.AddSingleton<AlertMessages>().AddSingleton<VisitorHistory>().AddSingleton<VisitAlertBook>();
        builder.Services.AddSingleton<LiveMetrics>().AddSingleton<ChangeParts>().AddSingleton<AlertNumbers>().AddSingleton<MetricAlertBook>().AddSingleton<MetricWatch>().AddSingleton<AlertEnds>().AddHostedService<MetricLoop>();
        builder.Services.AddSingleton(Call).AddSingleton<WebhookSender>().AddHostedService<WebhookLoop>();
        builder.OnBus(bus => bus.AddConsumer<AlertsChannel>(), AddEndpoint);
        return builder;
    }

    static WebhookCall Call(IServiceProvider services) => new(
        Dns.GetHostAddressesAsync, services.GetRequiredService<IOptions<AlertingSettings>>().Value.PrivateNetworks ? Reach.Anything : Reach.Internet,
        services.GetRequiredService<TimeProvider>());

    static void AddEndpoint(IBusRegistrationContext context, IBusFactoryConfigurator bus) =>
        bus.ReceiveEndpoint(ChunkQueues.Effects(AlertsChannel.Name), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            ChunkEndpoints.Durable(endpoint, context);
            endpoint.ConfigureConsumer<AlertsChannel>(context);
        });
}
