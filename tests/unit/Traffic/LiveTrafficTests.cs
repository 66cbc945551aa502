using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SaaS.Analytics.Traffic;
using SaaS.Analytics.Traffic.Live;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>Live traffic on a fake clock, against a collector that only listens.</summary>
public sealed class LiveTrafficTests
{
    sealed class Listener : HttpMessageHandler, IHttpClientFactory
    {
        public List<(string Body, string UserAgent, string Address)> Requests { get; } = [];

        public int Visitors
        {
            get { lock (Requests) return Requests.Select(r => (r.UserAgent, r.Address)).Distinct().Count(); }
        }

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("http://collector.example/v1/batch", request.RequestUri!.ToString());
            Assert.Equal("text/plain", request.Content!.Headers.ContentType!.MediaType);
            var body = await request.Content.ReadAsStringAsync(cancellationToken);
            lock (Requests) Requests.Add((body, request.Headers.NonValidated["User-Agent"].ToString(), request.Headers.NonValidated["X-Forwarded-For"].ToString()));
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }
    }

    [Fact]
    public void Arrivals_are_a_Poisson_process_of_the_asked_rate()
    {
        var crowd = new LiveCrowd(ShopProfile.Create(), 1, new Dice(1));
        var waits = Enumerable.Range(0, 20_000).Select(_ => crowd.UntilNext(2).TotalSeconds).ToList();
        Assert.InRange(waits.Average(), 0.48, 0.52);
        Assert.InRange(waits.Count(w => w > 1) / 20_000.0, 0.125, 0.145);
    }

    [Fact]
    public async Task Visits_play_in_real_time_as_a_tracker_sends_them()
    {
        var (listener, time) = (new Listener(), new FakeTimeProvider(new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)));
        using var live = new LiveTraffic(listener, new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), time, NullLogger<LiveTraffic>.Instance);
        live.Begin(new LiveTarget(new Uri("http://collector.example"), "st_0123456789abcdef"));
        await live.StartAsync(CancellationToken.None);
        for (var step = 0; step < 50_000 && listener.Visitors < 150; step++)
        {
            await Task.Delay(1);
            time.Advance(TimeSpan.FromMilliseconds(100));
        }
        await live.StopAsync(CancellationToken.None);

        var batches = listener.Requests.Select(r => JsonDocument.Parse(r.Body).RootElement).ToList();
        Assert.All(batches, b => Assert.Equal("st_0123456789abcdef", b.GetProperty("writeKey").GetString()));
        var events = batches.SelectMany(b => b.GetProperty("batch").EnumerateArray()).ToList();
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.True(listener.Visitors >= 150);
        Assert.Contains(events, e => e.GetProperty("name").GetString() == "engagement" && e.GetProperty("props").TryGetProperty("pageview_id", out _));
        Assert.Contains(events, e => e.TryGetProperty("visitorId", out _));
        Assert.Contains(events, e => !e.TryGetProperty("visitorId", out _));
        var first = time.Start.UtcDateTime;
        Assert.All(events, e => Assert.InRange(e.GetProperty("timestamp").GetDateTime().ToUniversalTime(), first, time.GetUtcNow().UtcDateTime));
    }
}
