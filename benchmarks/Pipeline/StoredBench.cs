using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// Events a second through the whole pipeline, from the first request until every event is stored and every chunk's saga is
/// done, next to bare inserts of the same columns into the same engine; the two take turns. Then, on the same stack, what
/// else is promised of it.
/// </summary>
static class StoredBench
{
    const int AllSites = 100;
    const int BusySites = 50;
    const int WarmUps = 3;
    const int EventsPerRound = 40_000;
    const int Rounds = 5;
    const double Goal = 0.15;
    const double UniqueAgentsGoal = 0.3;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(AllSites);
        var sites = stack.Sites.Take(BusySites).ToList();
        var load = new EventLoad(stack.CollectorPort, sites);
        for (var i = 0; i < WarmUps; i++) await RoundAsync(stack, load, EventsPerRound);
        var (stored, chunks, seconds) = await RoundsAsync(stack, load);
        var agents = await UniqueAgentsAsync(stack, sites);
        var latency = await LatencyBench.RunAsync(stack, sites, stored.Value);
        await RoundAsync(stack, load, 0);
        var saga = await SagaBench.RunAsync(stack, chunks, seconds);
        return [stored, agents, latency, saga, await IdleBench.RunAsync(stack)];
    }

    static async Task<(Figure Figure, int Chunks, double Seconds)> RoundsAsync(PipelineStack stack, EventLoad load)
    {
        var raw = new RawInserts(stack.Store);
        await raw.PrepareAsync();
        var (baselines, values, seconds) = (new List<double>(), new List<double>(), 0.0);
        var before = await ChunksAsync(stack);
        for (var round = 0; round < Rounds; round++)
        {
            baselines.Add(await raw.RoundAsync());
            var start = stack.Times.Now();
            values.Add(await RoundAsync(stack, load, EventsPerRound));
            var used = ProcessTimes.Between(start, stack.Times.Now());
            seconds += used.Where(u => u.Key != "load").Sum(u => u.Value);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stored {values[^1]:n0}/s, raw {baselines[^1]:n0}/s; {ProcessTimes.Text(used)}"));
        }
        var figure = Figure.Of("pipeline-stored", Median.Of(values), "events/s", Median.Of(baselines), Goal);
        return (figure, await ChunksAsync(stack) - before, seconds);
    }

    /// <summary>Ten events a request, so that one user agent stands for few of them.</summary>
    static async Task<Figure> UniqueAgentsAsync(PipelineStack stack, IReadOnlyList<Tenancy.Site> sites)
    {
        const int rounds = 3;
        var (known, unique) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            known.Add(await RoundAsync(stack, new EventLoad(stack.CollectorPort, sites) { EventsPerRequest = 10 }, EventsPerRound / 2));
            unique.Add(await RoundAsync(stack, new EventLoad(stack.CollectorPort, sites) { EventsPerRequest = 10, UniqueAgents = true }, EventsPerRound / 2));
        }
        return Figure.Of("pipeline-unique-agents", Median.Of(unique), "events/s", Median.Of(known), UniqueAgentsGoal);
    }

    /// <returns>Events a second.</returns>
    static async Task<double> RoundAsync(PipelineStack stack, EventLoad load, int events)
    {
        var target = await StoredAsync(stack) + load.Whole(events);
        var watch = Stopwatch.StartNew();
        await load.SendAsync(events);
        while (await StoredAsync(stack) < target || !await DoneAsync(stack)) await Task.Delay(200);
        return load.Whole(events) / watch.Elapsed.TotalSeconds;
    }

    static Task<long> StoredAsync(PipelineStack stack) => stack.Store.NumberAsync("SELECT count() FROM events");

    /// <summary>No saga is under way.</summary>
    public static async Task<bool> DoneAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        return !await db.Chunks.AnyAsync(c => c.FinishedAt == null);
    }

    static async Task<int> ChunksAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        return await db.Chunks.CountAsync();
    }
}
