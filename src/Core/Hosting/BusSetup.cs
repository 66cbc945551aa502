using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Hosting;

/// <summary>One bus a process; every feature adds its consumers and endpoints before <see cref="AddBus"/> closes the list.</summary>
public static class BusSetup
{
    /// <param name="builder">The host.</param>
    /// <param name="register">Registers consumers and sagas.</param>
    /// <param name="endpoints">Configures receive endpoints and topology; the same for both transports.</param>
    public static IHostApplicationBuilder OnBus(
        this IHostApplicationBuilder builder,
        Action<IBusRegistrationConfigurator>? register = null,
        Action<IBusRegistrationContext, IBusFactoryConfigurator>? endpoints = null)
    {
        Parts(builder).Add(new BusPart(register, endpoints));
        return builder;
    }

    /// <summary>Starts MassTransit on RabbitMQ or, with <c>Broker:Url=memory</c>, in memory. Call it last.</summary>
    public static IHostApplicationBuilder AddBus(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<BrokerSettings>(BrokerSettings.Section);
        var settings = builder.Configuration.GetSection(BrokerSettings.Section);
        var broker = new BrokerSettings { Url = settings[nameof(BrokerSettings.Url)] ?? "" };
        builder.Services.AddMassTransit(bus => Configure(bus, broker, Parts(builder)));
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(o => o.WaitUntilStarted = true);
        return builder;
    }

    static void Configure(IBusRegistrationConfigurator bus, BrokerSettings broker, List<BusPart> parts)
    {
        bus.DisableUsageTelemetry();
        parts.ForEach(p => p.Register?.Invoke(bus));
        if (broker.InMemory)
            bus.UsingInMemory((context, cfg) => parts.ForEach(p => p.Endpoints?.Invoke(context, cfg)));
        else
            bus.UsingRabbitMq((context, cfg) =>
            {
                if (Uri.TryCreate(broker.Url, UriKind.Absolute, out var url)) cfg.Host(url);
                parts.ForEach(p => p.Endpoints?.Invoke(context, cfg));
            });
    }

    static List<BusPart> Parts(IHostApplicationBuilder builder)
    {
        if (builder.Properties.TryGetValue(typeof(BusSetup), out var parts)) return (List<BusPart>)parts;
        var list = new List<BusPart>();
        builder.Properties[typeof(BusSetup)] = list;
        return list;
    }

    sealed record BusPart(
        Action<IBusRegistrationConfigurator>? Register, Action<IBusRegistrationContext, IBusFactoryConfigurator>? Endpoints);
}
