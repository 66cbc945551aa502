using System.Diagnostics;
using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>From the request to the first query that sees its event, while other events come at half of what the pipeline can store.</summary>
static class LatencyBench
{
    const int Probes = 60;
    const double Limit = 2;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    public static async Task<Figure> RunAsync(PipelineStack stack, IReadOnlyList<Tenancy.Site> sites, double peak)
    {
        var rate = peak / 2;
        var load = new EventLoad(stack.CollectorPort, sites) { Rate = rate }.SendAsync((int)(rate * Probes * Between.TotalSeconds));
        var waits = await Task.WhenAll(Enumerable.Range(0, Probes).Select(n => ProbeAsync(stack, sites[n % sites.Count], n)));
        await load;
        return Figure.Within("hit-to-query-p95", waits.Order().ElementAt((int)(Probes * 0.95)), "s", Limit);
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
        while (await stack.Store.NumberAsync(seen) == 0) await Task.Delay(250);
        return watch.Elapsed.TotalSeconds;
    }
}
