using MassTransit;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Chunks;

/// <summary>The workers' fixed queues.</summary>
static class ChunkEndpoints
{
    const string Asked = "chunks-asked";
    const string Dropped = "events-dropped";

    public static void Add(IBusRegistrationContext context, IBusFactoryConfigurator bus)
    {
        bus.ReceiveEndpoint(ChunkQueues.Saga, endpoint =>
        {
            Durable(endpoint, context);
            endpoint.UseInMemoryOutbox(context);
            endpoint.StateMachineSaga(context.GetRequiredService<ChunkSaga>(), context.GetRequiredService<ChunkSagaRepository>());
        });
        bus.ReceiveEndpoint(Asked, endpoint =>
        {
            Durable(endpoint, context);
            endpoint.ConfigureConsumer<ChunksAskedConsumer>(context);
        });
        bus.ReceiveEndpoint(Dropped, endpoint =>
        {
            Durable(endpoint, context);
            endpoint.ConfigureConsumer<EventsDroppedConsumer>(context);
        });
        var broker = context.GetRequiredService<IOptions<BrokerSettings>>().Value;
        if (broker.InMemory)
            context.GetRequiredService<MemoryPartitions>().AddQueues(bus, broker.Partitions, context.GetRequiredService<GuardedIntake>());
    }

    /// <summary>A queue that outlives a broker node; outages of a store are waited for over a day, in place.</summary>
    public static void Durable(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit) rabbit.SetQuorumQueue();
        endpoint.ConfigureError(error => error.UseFilter(context.GetRequiredService<FailedMessages>()));
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(Outage.Is);
            retry.Exponential(10_000, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(200));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(Outage.Is);
            retry.Interval(5, TimeSpan.FromMilliseconds(200));
        });
    }
}
