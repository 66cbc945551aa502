using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Ingestion;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class AckAfterTests(RabbitFixture rabbit) : IClassFixture<RabbitFixture>
{
    [Fact]
    public async Task A_202_after_the_broker_means_that_the_broker_has_it()
    {
        await using var host = await CollectorHost.StartAsync(
            change: Listen, settings: [("Broker:Url", rabbit.Url), ("Ingestion:AckAfter", "Broker")]);
        using var answer = await host.PostAsync($$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"one"},{"name":"two"}]}""");
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        Assert.NotNull(host.Services.GetRequiredService<OpenChunks>().All.Single().PublishedAt);
    }

    [Fact]
    public void Who_waits_goes_on_when_the_chunk_of_the_record_is_confirmed_and_not_before()
    {
        var lane = new ChunkLane();
        var (early, late) = (lane.ConfirmedAsync(new SpoolPosition(1, 100)), lane.ConfirmedAsync(new SpoolPosition(1, 300)));
        lane.Confirm(new SpoolPosition(1, 50));
        Assert.False(early.IsCompleted);
        lane.Confirm(new SpoolPosition(1, 200));
        Assert.True(early.IsCompletedSuccessfully);
        Assert.False(late.IsCompleted);
        lane.Confirm(new SpoolPosition(2, 0));
        Assert.True(late.IsCompletedSuccessfully);
        Assert.True(lane.ConfirmedAsync(new SpoolPosition(1, 400)).IsCompletedSuccessfully);
    }

    /// <summary>The announcement needs a listener, as the workers are.</summary>
    static void Listen(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => SaaS.Analytics.Hosting.BusSetup.OnBus(builder, endpoints: (_, bus) =>
        bus.ReceiveEndpoint("ack-sealed", e => MassTransit.HandlerExtensions.Handler<SaaS.Analytics.Pipeline.ChunkSealed>(e, _ => Task.CompletedTask)));
}
