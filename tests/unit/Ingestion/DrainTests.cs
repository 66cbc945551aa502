using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class DrainTests
{
    [Fact]
    public async Task Before_a_stop_events_are_taken_while_clients_are_sent_elsewhere()
    {
        await using var host = await CollectorHost.StartAsync(settings: ("Ingestion:DrainSeconds", "300"));
        using var end = new CancellationTokenSource();
        using (var before = await host.PostAsync(Batch)) Assert.NotEqual(true, before.Headers.ConnectionClose);
        var draining = host.Services.GetRequiredService<Drain>().StoppingAsync(end.Token);
        using (var ready = await host.Client.GetAsync("/health/ready")) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using (var taken = await host.PostAsync(Batch))
        {
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
            Assert.True(taken.Headers.ConnectionClose);
        }
        Assert.False(draining.IsCompleted);
        await end.CancelAsync();
        await draining;
    }

    const string Batch = $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"signup"}]}""";
}
