using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers.Messaging;

namespace SaaS.Analytics.Workers.Chunks;

static class ChunksSetup
{
    /// <summary>At a stop, a consumer that waits for a store gets this long before it is cancelled.</summary>
    static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    public static IHostApplicationBuilder AddChunks(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<WorkerSettings>(WorkerSettings.Section);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        builder.AddPipeline();
        services.AddSingleton<Patience>().AddSingleton<PartitionMemory>().AddSingleton<ChunkWriter>().AddSingleton<PartitionParts>();
        services.AddSingleton<SnapshotWriter>().AddHostedService(s => s.GetRequiredService<SnapshotWriter>());
        services.AddSingleton<Quarantine>().AddSingleton<ChunkIntake>().AddSingleton<MemoryPartitions>();
        services.AddSingleton<PartitionEndpoints>().AddSingleton<OwnedPartitions>();
        services.AddSingleton<Leases>().AddSingleton<LeaseLoop>().AddHostedService(s => s.GetRequiredService<LeaseLoop>());
        services.AddSingleton<ChunkSaga>().AddSingleton<ChunkSagaRepository>().AddSingleton<FinishedChunks>().AddSingleton<StuckChunks>();
        services.Configure<MassTransitHostOptions>(o => o.ConsumerStopTimeout = StopGrace);
        services.AddSingleton<ChunkLedger>().AddSingleton<ChunkLedgerLoop>().AddHostedService(s => s.GetRequiredService<ChunkLedgerLoop>());
        services.AddSingleton<ChunkGate>().AddSingleton<ChunkTrials>().AddSingleton<GuardedIntake>().AddSingleton<FailedMessages>();
        builder.OnBus(AddConsumers, ChunkEndpoints.Add);
        return builder;
    }

    static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ChunksAskedConsumer>();
        bus.AddConsumer<EventsDroppedConsumer>();
    }
}
