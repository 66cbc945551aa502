using System.Collections.Concurrent;
using MassTransit;
using MemoryPack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Events;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class HandOverTests(RabbitFixture rabbit) : IClassFixture<RabbitFixture>
{
    [Fact]
    public Task A_chunk_reaches_its_partition_and_is_trimmed_when_finished_in_memory() => ReachesAsync("memory");

    [Fact]
    public Task A_chunk_reaches_its_partition_and_is_trimmed_when_finished_over_RabbitMQ() => ReachesAsync(rabbit.Url);

    static async Task ReachesAsync(string broker)
    {
        var worker = new FakeWorker();
        await using var host = await CollectorHost.StartAsync(change: worker.Join, settings: ("Broker:Url", broker));
        (await SendAsync(host, "one")).Dispose();
        await SpoolFixture.UntilAsync(() => !worker.Stored.IsEmpty && !worker.Sealed.IsEmpty);
        var chunk = worker.Stored.First();
        Assert.Equal("one", Assert.Single(ChunkPayload.Read(chunk.Payload)).Event.Name);
        Assert.Equal(Partitions.Of(CollectorHost.Site.Id, 2), chunk.Partition);
        var announced = worker.Sealed.First();
        Assert.Equal((chunk.ChunkId, "test", 1), (announced.ChunkId, announced.CollectorId, announced.Count));
        Assert.Equal((7, 1), announced.Counts.Select(c => (c.SiteId, c.Received)).Single());

        await FinishAsync(host, chunk.ChunkId);
        await SpoolFixture.UntilAsync(() => host.Services.GetRequiredService<OpenChunks>().All.Count == 0);
    }

    [Fact]
    public async Task An_unfinished_chunk_is_published_again_with_the_same_bytes_by_the_next_process()
    {
        var worker = new FakeWorker();
        var first = await CollectorHost.StartAsync(change: worker.Join);
        (await SendAsync(first, "one")).Dispose();
        await SpoolFixture.UntilAsync(() => worker.Stored.Count == 1);
        await first.DisposeAsync();
        await using var second = await CollectorHost.StartAsync(first.Folder, worker.Join);
        await SpoolFixture.UntilAsync(() => worker.Stored.Count == 2);
        Assert.Single(worker.Stored.Select(c => (c.ChunkId, Convert.ToHexString(c.Payload))).Distinct());
    }

    [Fact]
    public async Task An_unknown_chunk_is_published_again_and_a_finished_one_is_trimmed()
    {
        var worker = new FakeWorker();
        await using var host = await CollectorHost.StartAsync(change: worker.Join);
        (await SendAsync(host, "one")).Dispose();
        var chunks = host.Services.GetRequiredService<OpenChunks>();
        await SpoolFixture.UntilAsync(() => chunks.All.Any(c => c.PublishedAt is not null));
        var id = chunks.All.Single().Id;
        var inbox = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:" + ChunkQueues.Collector("test")));
        await inbox.Send(new ChunkStanding("test", [], [id]));
        await SpoolFixture.UntilAsync(() => worker.Stored.Count == 2);
        await host.Services.GetRequiredService<ChunkQuestions>().AskAsync(default);
        await SpoolFixture.UntilAsync(() => worker.Asked.Any(a => a.ChunkIds.Contains(id)));
        await inbox.Send(new ChunkStanding("test", [id], []));
        await SpoolFixture.UntilAsync(() => chunks.All.Count == 0);
    }

    [Fact]
    public async Task Over_RabbitMQ_chunks_wait_for_a_worker_that_was_never_there()
    {
        await using var collector = await CollectorHost.StartAsync(settings: ("Broker:Url", rabbit.Url));
        (await SendAsync(collector, "early")).Dispose();
        var worker = new FakeWorker();
        var other = Directory.CreateTempSubdirectory("other-").FullName;
        await using var late = await CollectorHost.StartAsync(other, worker.Join, ("Broker:Url", rabbit.Url), ("Ingestion:CollectorId", "other"));
        await SpoolFixture.UntilAsync(() => worker.Stored.Any(c => ChunkPayload.Read(c.Payload).Any(e => e.Event.Name == "early")));
        await SpoolFixture.UntilAsync(() => worker.Sealed.Any(c => c.CollectorId == "test"));
    }

    [Fact]
    public async Task Content_of_rejected_events_travels_with_the_next_chunk_bounded()
    {
        var worker = new FakeWorker();
        await using var host = await CollectorHost.StartAsync(change: worker.Join);
        var old = string.Join(',', Enumerable.Repeat("""{"name":"late","timestamp":"2020-01-01T00:00:00Z","url":"https://example.com/a"}""", 30));
        (await host.PostAsync($$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{{old}},{"name":"odd","url":"/relative"},{},{"name":"one"}]}""")).Dispose();
        await SpoolFixture.UntilAsync(() => !worker.Stored.IsEmpty && !worker.Dropped.IsEmpty);
        var dropped = worker.Dropped.First();
        Assert.Equal(worker.Stored.First().ChunkId, dropped.ChunkId);
        Assert.Equal(20, dropped.Events.Count);
        Assert.All(dropped.Events, e => Assert.Equal((7, "too_old", "late"), (e.SiteId, e.Reason, MemoryPackSerializer.Deserialize<CollectedEvent>(e.Event)!.Name)));
        Assert.Equal(32, worker.Sealed.First().Counts.Single().Dropped.Sum(d => d.Count));
    }

    [Fact]
    public void A_drop_record_of_an_earlier_version_is_read()
    {
        var old = MemoryPackSerializer.Serialize(new OldDrop("invalid", "too_old", 3));
        Assert.Equal(new DropRecord("invalid", "too_old", 3), MemoryPackSerializer.Deserialize<DropRecord>(old));
    }

    static Task<HttpResponseMessage> SendAsync(CollectorHost host, string name) =>
        host.PostAsync($$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"{{name}}"}]}""");

    static async Task FinishAsync(CollectorHost host, Guid id)
    {
        var inbox = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:" + ChunkQueues.Collector("test")));
        await inbox.Send(new ChunkFinished(id, "test"));
    }

    /// <summary>Takes what the workers would.</summary>
    sealed class FakeWorker
    {
        public ConcurrentQueue<StoreChunk> Stored { get; } = new();
        public ConcurrentQueue<ChunkSealed> Sealed { get; } = new();
        public ConcurrentQueue<ChunksAsked> Asked { get; } = new();
        public ConcurrentQueue<EventsDropped> Dropped { get; } = new();

        public void Join(WebApplicationBuilder builder) => builder.OnBus(endpoints: (_, bus) =>
        {
            for (var partition = 0; partition < 2; partition++)
                bus.ReceiveEndpoint(ChunkQueues.StoreChunk(partition), e =>
                {
                    e.ConfigureConsumeTopology = false;
                    if (e is IRabbitMqReceiveEndpointConfigurator queue)
                        foreach (var (name, value) in ChunkQueues.StoreChunkArguments(partition)) queue.SetQueueArgument(name, value);
                    e.Handler<StoreChunk>(c => Note(Stored, c.Message));
                });
            bus.ReceiveEndpoint("test-sealed", e => e.Handler<ChunkSealed>(c => Note(Sealed, c.Message)));
            bus.ReceiveEndpoint("test-dropped", e => e.Handler<EventsDropped>(c => Note(Dropped, c.Message)));
            bus.ReceiveEndpoint("test-asked", e => e.Handler<ChunksAsked>(c => Note(Asked, c.Message)));
        });

        static Task Note<T>(ConcurrentQueue<T> to, T message)
        {
            to.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}

/// <summary>A drop record as it was written before it had content.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
sealed partial record OldDrop(
    [property: MemoryPackOrder(0)] string Outcome, [property: MemoryPackOrder(1)] string Reason, [property: MemoryPackOrder(2)] int Count);
