using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>CPU of collector, workers and all three servers together while ten events a second come, spread over all sites.</summary>
static class IdleBench
{
    const int Sites = 100;

    /// <summary>As many as a small machine has: <c>./run</c>.</summary>
    const int Partitions = 2;

    /// <summary>Hosts that have been up for a while: what each small chunk needs is compiled, caches are filled.</summary>
    const int WarmUpSeconds = 90;
    const int WarmUpEventsPerSecond = 200;
    const int SettleSeconds = 15;
    const int Seconds = 60;
    const int EventsPerSecond = 10;
    const double LimitPercent = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(Sites, Partitions);
        await new EventLoad(stack) { EventsPerRequest = 1, FromBrowsers = true, Rate = WarmUpEventsPerSecond }.SendAsync(WarmUpSeconds * WarmUpEventsPerSecond);
        var load = new EventLoad(stack) { EventsPerRequest = 1, FromBrowsers = true, Rate = EventsPerSecond };
        await load.SendAsync(SettleSeconds * EventsPerSecond);
        var before = stack.Times.Now();
        await load.SendAsync(Seconds * EventsPerSecond);
        var used = ProcessTimes.Between(before, stack.Times.Now());
        var parts = used.Where(u => u.Key != "load").ToDictionary(u => u.Key, u => u.Value / Seconds * 100);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"% of a core: {string.Join(", ", parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.00}")))}"));
        return [Figure.Within("idle-cpu", parts.Values.Sum(), "% of core", LimitPercent)];
    }
}
