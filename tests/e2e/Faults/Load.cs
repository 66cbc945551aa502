using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Visitors of some sites on many connections, who send a batch again and again until it is answered 202.</summary>
sealed class Load(Uri collector, IReadOnlyList<FaultSite> sites, TrafficLog log, int seed) : IDisposable
{
    const string Browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 }) { Timeout = TimeSpan.FromSeconds(15) };

    public int Connections { get; init; } = 200;

    /// <summary>Between two batches of a connection, on average.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Where a request goes that could not even connect, as a load balancer does.</summary>
    public Uri? Otherwise { get; init; }

    /// <summary>How often every batch is sent.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Ends when stopped and everything that was begun is answered, or its client has given up.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => ConnectionAsync(new Crowd(sites, seed, connection), stop)));

    public void Dispose() => http.Dispose();

    async Task ConnectionAsync(Crowd crowd, CancellationToken stop)
    {
        var person = crowd.Arrive();
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(crowd.Pause(Pause), CancellationToken.None);
            var offline = person.VisitorId is not null && crowd.Chance(0.02);
            if (offline) person = crowd.ArriveWithId();
            var batch = offline ? crowd.Offline(person) : crowd.Next(person);
            await DeliverAsync(batch, givesUp: crowd.Chance(0.03));
            if (offline || crowd.Chance(0.3)) person = crowd.Arrive();
        }
    }

    async Task DeliverAsync(Batch batch, bool givesUp)
    {
        log.Sending(batch.Events);
        for (var copy = 0; copy < Copies; copy++)
            while (!await SendAsync(batch) && !givesUp)
                await Task.Delay(Again);
    }

    async Task<bool> SendAsync(Batch batch)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var answer = await AnswerAsync(batch);
            if (answer.StatusCode == HttpStatusCode.Accepted) log.Accepted(batch.Events, watch.Elapsed);
            else log.Failed($"{(int)answer.StatusCode}");
            return answer.StatusCode == HttpStatusCode.Accepted;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            log.Failed(e.GetType().Name);
            return false;
        }
    }

    async Task<HttpResponseMessage> AnswerAsync(Batch batch)
    {
        try
        {
            return await http.SendAsync(Request(collector, batch));
        }
        catch (HttpRequestException e) when (Otherwise is not null && e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return await http.SendAsync(Request(Otherwise, batch));
        }
    }

    static HttpRequestMessage Request(Uri to, Batch batch)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            writeKey = batch.Person.Site.TrackingId,
            sentAt = DateTime.UtcNow,
            batch = batch.Events.Select(e => new
            {
                id = e.Id, name = e.IsPageView ? "pageview" : "Added", timestamp = e.At, url = $"https://{batch.Person.Site.Domain}/p/{e.At.Second}",
                visitorId = batch.Person.VisitorId,
            }),
        });
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to, "/v1/batch")) { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation("User-Agent", Browser);
        request.Headers.TryAddWithoutValidation("Accept-Language", "de");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", batch.Person.Address);
        return request;
    }
}
