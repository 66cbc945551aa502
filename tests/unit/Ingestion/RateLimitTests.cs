using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Ingestion;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class RateLimitTests
{
    const string Batch = $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{"name":"a"},{"name":"b"}]}""";

    static Action<HttpRequestMessage> From(string address) => request => request.Headers.Add("X-Forwarded-For", address);

    static void Key(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CollectorHost.ServerKey);

    [Fact]
    public async Task A_flood_from_one_address_gets_429_and_its_neighbours_do_not()
    {
        await using var host = await CollectorHost.StartAsync(settings: ("Ingestion:AddressRequestsPerSecond", "1"));
        HttpResponseMessage answer;
        for (var sent = 0; ; sent++)
        {
            answer = await host.PostAsync(Batch, From("81.2.69.142"));
            if (answer.StatusCode != HttpStatusCode.Accepted) break;
            Assert.True(sent < 1000, "It is never refused.");
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Batch, From("81.2.69.143"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Batch, Key)).StatusCode);
    }

    [Fact]
    public void A_window_counts_per_key_and_begins_anew()
    {
        var time = new FakeTimeProvider();
        var counter = new RateCounter(1, time);
        Assert.True(counter.Allows(1, 10));
        Assert.False(counter.Allows(1, 1));
        Assert.True(counter.Allows(2, 10));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(counter.Allows(1, 10));
    }

    [Fact]
    public void Zero_is_no_limit() => Assert.True(new RateCounter(0, TimeProvider.System).Allows(1, int.MaxValue));

    [Fact]
    public void A_site_has_a_limit_of_its_own()
    {
        var limits = new RateLimits(Options.Create(new IngestionSettings { SiteEventsPerSecond = 10 }), new FakeTimeProvider());
        limits.CheckSite(CollectorHost.Site, 100);
        Assert.Equal(429, Assert.Throws<RefusedRequestException>(() => limits.CheckSite(CollectorHost.Site, 1)).Status);
        limits.CheckSite(CollectorHost.Site with { Id = 8 }, 100);
    }

    [Fact]
    public void Neighbours_of_an_IPv6_network_count_as_one_and_addresses_that_are_not_public_not_at_all()
    {
        var limits = new RateLimits(Options.Create(new IngestionSettings { AddressRequestsPerSecond = 1 }), new FakeTimeProvider());
        for (var i = 0; i < 10; i++) limits.CheckAddress(IPAddress.Parse($"2001:db8::{i + 1}"));
        Assert.Throws<RefusedRequestException>(() => limits.CheckAddress(IPAddress.Parse("2001:db8::ff")));
        for (var i = 0; i < 100; i++) limits.CheckAddress(IPAddress.Parse("10.0.0.1"));
    }
}
