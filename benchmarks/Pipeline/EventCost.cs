using System.Globalization;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>What one event of a round cost, in microseconds of CPU.</summary>
/// <param name="Rate">Events a second.</param>
/// <param name="Workers">Of the workers.</param>
/// <param name="All">Of the whole pipeline, the load left out.</param>
sealed record EventCost(double Rate, double Workers, double All)
{
    const double Micro = 1_000_000;

    public static async Task<EventCost> OfRoundAsync(PipelineStack stack, EventLoad load, int events)
    {
        var before = stack.Times.Now();
        var rate = await PipelineRound.RunAsync(stack, load, events);
        var used = ProcessTimes.Between(before, stack.Times.Now());
        return new EventCost(rate, used["workers"] * Micro / events, used.Where(u => u.Key != "load").Sum(u => u.Value) * Micro / events);
    }

    public static string Text(IReadOnlyCollection<EventCost> rounds) => string.Create(CultureInfo.InvariantCulture,
        $"µs of CPU an event: workers {Median.Of(rounds.Select(r => r.Workers)):0.0}, all {Median.Of(rounds.Select(r => r.All)):0.0}");
}
