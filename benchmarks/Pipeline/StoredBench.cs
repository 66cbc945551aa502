using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// Events a second through the whole pipeline, from the first request until every event is stored and every chunk's saga is
/// done, next to bare inserts of the same columns into the same engine; the two take turns.
/// </summary>
static class StoredBench
{
    const int Sites = 50;
    const int EventsPerRound = 80_000;
    const int Rounds = 5;
    const double Goal = 0.15;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(Sites);
        var load = new EventLoad(stack.CollectorPort, stack.Sites);
        var raw = new RawInserts(stack.Store);
        await RoundAsync(stack, load, EventsPerRound);
        await RoundAsync(stack, load, EventsPerRound);
        await raw.PrepareAsync();
        var (baselines, values) = (new List<double>(), new List<double>());
        var before = stack.Times.Now();
        for (var round = 0; round < Rounds; round++)
        {
            baselines.Add(await raw.RoundAsync());
            var start = stack.Times.Now();
            values.Add(await RoundAsync(stack, load, EventsPerRound));
            Say(values[^1], baselines[^1], ProcessTimes.Between(start, stack.Times.Now()));
        }
        return [Figure.Of("pipeline-stored", Median.Of(values), "events/s", Median.Of(baselines), Goal)];
    }

    /// <returns>Events a second.</returns>
    public static async Task<double> RoundAsync(PipelineStack stack, EventLoad load, int events)
    {
        var target = await StoredAsync(stack) + load.Whole(events);
        var watch = Stopwatch.StartNew();
        await load.SendAsync(events);
        while (await StoredAsync(stack) < target || !await DoneAsync(stack)) await Task.Delay(200);
        return load.Whole(events) / watch.Elapsed.TotalSeconds;
    }

    static Task<long> StoredAsync(PipelineStack stack) => stack.Store.NumberAsync("SELECT count() FROM events");

    static async Task<bool> DoneAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        return !await db.Chunks.AnyAsync(c => c.FinishedAt == null);
    }

    static void Say(double stored, double raw, Dictionary<string, double> cpu) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"stored {stored:n0}/s, raw {raw:n0}/s; CPU seconds: {string.Join(", ", cpu.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:0.0}")))}; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
}
