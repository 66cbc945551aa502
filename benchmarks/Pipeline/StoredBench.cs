using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// Events a second through the whole pipeline, next to bare inserts of the same columns into the same engine; the two take
/// turns. A round lasts long enough that its ends (the first chunk's second, the last chunk's seal and saga) are some
/// percent of it, and the rounds before it have shown the just-in-time compiler what is hot.
/// </summary>
static class StoredBench
{
    public const int BusySites = 50;
    const int WarmUps = 2;
    const int EventsPerRound = 300_000;
    const int Rounds = 5;
    const double Goal = 0.15;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(BusySites);
        var load = new EventLoad(stack);
        for (var i = 0; i < WarmUps; i++) Console.Error.WriteLine($"warm-up: {await PipelineRound.RunAsync(stack, load, EventsPerRound):n0}/s");
        var (byRow, byColumn) = (new RawInserts(stack.Store, "RowBinary"), new RawInserts(stack.Store, "Native"));
        foreach (var raw in (RawInserts[])[byRow, byColumn]) await raw.PrepareAsync();
        var (rows, columns, values, seconds) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
        var before = await ChunksAsync(stack);
        for (var round = 0; round < Rounds; round++)
        {
            rows.Add(await byRow.RoundAsync());
            columns.Add(await byColumn.RoundAsync());
            var work = await StoreWork.ReadAsync(stack.Store);
            var start = stack.Times.Now();
            values.Add(await PipelineRound.RunAsync(stack, load, EventsPerRound));
            var used = ProcessTimes.Between(start, stack.Times.Now());
            seconds += used.Where(u => u.Key != "load").Sum(u => u.Value);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"stored {values[^1]:n0}/s, raw {rows[^1]:n0}/s (Native {columns[^1]:n0}/s); {ProcessTimes.Text(used)}"));
            Console.Error.WriteLine(work.Until(await StoreWork.ReadAsync(stack.Store)));
        }
        var chunks = await ChunksAsync(stack) - before;
        return
        [
            Figure.Of("pipeline-stored", Median.Of(values), "events/s", Median.Of(rows), Goal),
            Figure.Of("pipeline-stored-native", Median.Of(values), "events/s", Median.Of(columns), Goal),
            await SagaBench.RunAsync(stack, chunks, seconds),
        ];
    }

    static async Task<int> ChunksAsync(PipelineStack stack)
    {
        await using var db = stack.Database();
        return await db.Chunks.CountAsync();
    }
}
