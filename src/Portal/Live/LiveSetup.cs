using MassTransit;
using Microsoft.AspNetCore.Http.Connections;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Portal.Live;

static class LiveSetup
{
    public static void AddLive(this WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR();
        builder.OnBus(Add, Listen);
    }

    static void Add(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ActivityPush>();
        bus.AddConsumer<PreviewPush>();
    }

    /// <summary>A queue of this instance alone, gone with it: every portal hears everything.</summary>
    static void Listen(IBusRegistrationContext context, IBusFactoryConfigurator bus) => bus.ReceiveEndpoint(
        new TemporaryEndpointDefinition("portal-live"), DefaultEndpointNameFormatter.Instance, endpoint =>
        {
            endpoint.DiscardFaultedMessages();
            endpoint.ConfigureConsumer<ActivityPush>(context);
            endpoint.ConfigureConsumer<PreviewPush>(context);
        });

    /// <summary>No long polling: the member is checked once, by the request that stays open.</summary>
    public static void MapLive(this WebApplication app) => app.MapHub<LiveHub>("/live", o =>
    {
        o.Transports = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents;
        o.CloseOnAuthenticationExpiration = true;
    });
}
