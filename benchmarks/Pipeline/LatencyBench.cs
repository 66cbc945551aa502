using System.Diagnostics;
using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>From the request to the first query that sees its event, while other events come at half of what the pipeline can store.</summary>
static class LatencyBench
{
    const int WarmUp = 200_000;
    const int Peak = 300_000;
    const int Probes = 100;
    const double Limit = 2;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(StoredBench.BusySites);
        var full = new EventLoad(stack);
        await PipelineRound.RunAsync(stack, full, WarmUp);
        var rate = await PipelineRound.RunAsync(stack, full, Peak) / 2;
        var start = stack.Times.Now();
        var load = new EventLoad(stack) { Rate = rate }.SendAsync((int)(rate * Probes * Between.TotalSeconds));
        var waits = await Task.WhenAll(Enumerable.Range(0, Probes).Select(n => ProbeAsync(stack, stack.Sites[n % stack.Sites.Count], n)));
        await load;
        var ordered = waits.Order().ToList();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"at {rate:n0} events/s: median {ordered[Probes / 2]:0.00} s, longest {ordered[^1]:0.00} s; {ProcessTimes.Text(ProcessTimes.Between(start, stack.Times.Now()))}"));
        return [Figure.Within("hit-to-query-p95", ordered[(int)(Probes * 0.95)], "s", Limit)];
    }

    /// <returns>Seconds.</returns>
    static async Task<double> ProbeAsync(PipelineStack stack, Tenancy.Site site, int number)
    {
        await Task.Delay(Between * number);
        var id = Guid.NewGuid();
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{stack.CollectorPort}/v1/batch"), new StringContent(
            $$"""{"writeKey":"{{site.TrackingId}}","batch":[{"id":"{{id}}","name":"probe","visitorId":"{{id}}","url":"https://{{site.Domain}}/"}]}"""));
        answer.EnsureSuccessStatusCode();
        var seen = string.Create(CultureInfo.InvariantCulture, $"SELECT count() FROM events WHERE site_id = {site.Id} AND event_id = '{id}'");
        while (await stack.Store.NumberAsync(seen) == 0) await Task.Delay(Look);
        return watch.Elapsed.TotalSeconds;
    }
}
