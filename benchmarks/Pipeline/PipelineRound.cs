using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>Events sent through the whole pipeline, as fast as they are answered, until nothing of them is under way.</summary>
static class PipelineRound
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <returns>Events a second, from the first request until every event is stored and every chunk's saga is done.</returns>
    public static async Task<double> RunAsync(PipelineStack stack, EventLoad load, int events)
    {
        var target = await StoredAsync(stack) + load.Whole(events);
        var watch = Stopwatch.StartNew();
        await load.SendAsync(events);
        while (await StoredAsync(stack) < target || !await DoneAsync(stack)) await Task.Delay(Look);
        return load.Whole(events) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>No saga is under way.</summary>
    public static async Task<bool> DoneAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        return !await db.Chunks.AnyAsync(c => c.FinishedAt == null);
    }

    public static Task<long> StoredAsync(PipelineStack stack) => stack.Store.NumberAsync("SELECT count() FROM events");
}
