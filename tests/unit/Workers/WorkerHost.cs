using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SaaS.Analytics.Data;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Workers;

namespace SaaS.Analytics.Tests.Workers;

/// <summary>The workers as they run, with the collector's queue and the live board's channel listened to.</summary>
sealed class WorkerHost : IAsyncDisposable
{
    public const string Collector = "test";
    readonly WebApplication app;

    WorkerHost(WebApplication app) => this.app = app;

    public ConcurrentQueue<ChunkFinished> Finished { get; } = [];
    public ConcurrentQueue<ChunkStanding> Standings { get; } = [];
    public ConcurrentQueue<SiteActivity> Activity { get; } = [];
    public IBus Bus => app.Services.GetRequiredService<IBus>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public SystemDb Database() => Get<IDbContextFactory<SystemDb>>().CreateDbContext();

    public static async Task<WorkerHost> StartAsync(WorkerStack stack, string broker = "memory", string name = "w1", int partitions = 2, string? store = null, string operatorMail = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Postgres:App"] = stack.Postgres.App, ["Postgres:System"] = stack.Postgres.System, ["ClickHouse:Connection"] = store ?? stack.Store.Connection,
            ["Broker:Url"] = broker, ["Broker:Partitions"] = $"{partitions}", ["Workers:Name"] = name, ["Workers:LeaseSeconds"] = "5",
            ["Workers:LateAgentsSeconds"] = "3600", ["Mail:Smtp"] = stack.Smtp, ["Operator:Mail"] = operatorMail,
        });
        builder.AddWorkers();
        WorkerHost? host = null;
        builder.Services.AddSingleton<SagaWatch>();
        builder.OnBus(endpoints: (context, bus) =>
        {
            bus.ConnectReceiveObserver(context.GetRequiredService<SagaWatch>());
            Listen(bus, () => host!, name);
        });
        builder.AddBus();
        host = new WorkerHost(builder.Build());
        await host.app.StartAsync();
        return host;
    }

    static void Listen(IBusFactoryConfigurator bus, Func<WorkerHost> host, string name)
    {
        bus.ReceiveEndpoint(ChunkQueues.Collector(Collector), endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Handler<ChunkFinished>(c => Keep(host().Finished, c.Message));
            endpoint.Handler<ChunkStanding>(c => Keep(host().Standings, c.Message));
        });
        bus.ReceiveEndpoint($"live-{name}", endpoint => endpoint.Handler<SitesActive>(c => Task.WhenAll(c.Message.Sites.Select(s => Keep(host().Activity, s)))));
    }

    static Task Keep<T>(ConcurrentQueue<T> queue, T message)
    {
        queue.Enqueue(message);
        return Task.CompletedTask;
    }

    /// <summary>As a collector does: the seal published, the payload sent to the partition's queue.</summary>
    public async Task SendAsync(TestChunk chunk)
    {
        await SendPayloadAsync(chunk);
        await Bus.Publish(chunk.Sealed());
    }

    public async Task SendPayloadAsync(TestChunk chunk)
    {
        var queue = await Bus.GetSendEndpoint(new Uri($"exchange:{ChunkQueues.StoreChunk(chunk.Partition)}"));
        await queue.Send(chunk.Store());
    }

    public Task FinishedAsync(Guid chunkId, int times = 1) => Eventually.TrueAsync(
        () => Task.FromResult(Finished.Count(f => f.ChunkId == chunkId) >= times), $"chunk {chunkId} finished", StandingAsync);

    /// <summary>Chunks and leases as PostgreSQL has them, and what this host was told.</summary>
    async Task<string> StandingAsync()
    {
        await using var db = Database();
        var chunks = await db.Chunks.Select(c => $"{c.CorrelationId} {c.CurrentState} {c.Partition}").ToListAsync();
        var leases = await db.PartitionLeases.Select(l => $"{l.Partition} of {l.Owner} until {l.Until:O}").ToListAsync();
        return string.Join('\n', [$"{DateTime.UtcNow:O} stopping: {app.Lifetime.ApplicationStopping.IsCancellationRequested}", "Chunks:", .. chunks, "Leases:", .. leases, "Told:", .. Finished.Select(f => $"{f.ChunkId}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
