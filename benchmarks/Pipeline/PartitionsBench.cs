using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>What the workers spend on an event when the same load is cut into 1, 2 and 4 partitions: it must not grow.</summary>
static class PartitionsBench
{
    const int WarmUps = 2;
    const int EventsPerRound = 150_000;
    const int Rounds = 3;
    const double MostGrowth = 1.25;
    static readonly int[] Steps = [1, 2, 4];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var costs = new List<double>();
        foreach (var partitions in Steps) costs.Add(await CostAsync(partitions));
        return [.. Steps.Zip(costs).Skip(1).Select(s => Figure.Flat($"partitions-{s.First}", s.Second, "µs/event", costs[0], MostGrowth))];
    }

    static async Task<double> CostAsync(int partitions)
    {
        await using var stack = await PipelineStack.StartAsync(StoredBench.BusySites, partitions);
        var load = new EventLoad(stack);
        for (var i = 0; i < WarmUps; i++) await PipelineRound.RunAsync(stack, load, EventsPerRound);
        var rounds = new List<EventCost>();
        for (var i = 0; i < Rounds; i++) rounds.Add(await EventCost.OfRoundAsync(stack, load, EventsPerRound));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{partitions} partitions: {Median.Of(rounds.Select(r => r.Rate)):n0} events/s; {EventCost.Text(rounds)}"));
        return Median.Of(rounds.Select(r => r.Workers));
    }
}
