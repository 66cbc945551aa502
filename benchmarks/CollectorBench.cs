using System.Text;

namespace SaaS.Analytics.Bench;

/// <summary>
/// Events a second that the collector answers 202 for, at 64 connections, fsync included, next to a bare Kestrel endpoint
/// that reads the same body and answers. Rounds alternate; the median counts. For batches the baseline is requests a second:
/// what a server could take of the same bodies if events were requests.
/// </summary>
static class CollectorBench
{
    const int Connections = 64;
    const int Rounds = 5;
    const int EventsPerBatch = 100;
    const double SingleGoal = 0.5;
    const double BatchGoal = 4;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var bare = await BareServer.StartAsync();
        await using var collector = await CollectorServer.StartAsync();
        return
        [
            await MeasureAsync("collector-single", events: 1, bare.Port, collector.Port, SingleGoal),
            await MeasureAsync("collector-batch", EventsPerBatch, bare.Port, collector.Port, BatchGoal),
        ];
    }

    static async Task<Figure> MeasureAsync(string name, int events, int bare, int collector, double goal)
    {
        var body = Body(events);
        await LoadClient.RunAsync(bare, body, Connections, WarmUp);
        await LoadClient.RunAsync(collector, body, Connections, WarmUp);
        var (baselines, values) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            baselines.Add(await LoadClient.RunAsync(bare, body, Connections, Round));
            values.Add(events * await LoadClient.RunAsync(collector, body, Connections, Round));
        }
        return Figure.Of(name, Median.Of(values), "events/s", Median.Of(baselines), goal);
    }

    static byte[] Body(int events)
    {
        var batch = string.Join(',', Enumerable.Range(0, events).Select(Event));
        return Encoding.UTF8.GetBytes($$"""{"writeKey":"{{CollectorServer.TrackingId}}","batch":[{{batch}}]}""");
    }

    // As analytics.js sends a page view; without a time of its own, so that the run's length does not matter.
    static string Event(int i) =>
        $$$"""{"id":"{{{Guid.NewGuid()}}}","name":"pageview","url":"https://www.example.com/products/{{{i}}}?utm_source=news","referrer":"https://www.google.com/","props":{"plan":"pro","position":{{{i}}}},"context":{"title":"Product {{{i}}}","language":"en-GB","screen":"1920x1080","timezone":"Europe/Vienna"}}""";
}
