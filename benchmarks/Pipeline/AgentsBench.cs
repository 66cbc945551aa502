namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>
/// What is left of the speed where no user agent comes twice. Ten events a request, so that one agent stands for few of them;
/// before the rounds count, the new agents that every site has saved up are used up.
/// </summary>
static class AgentsBench
{
    const int EventsPerRequest = 10;
    const int EventsPerRound = 120_000;

    /// <summary>More agents than a site may bring at once, times sites and events of each.</summary>
    const int UsesUp = 600 * StoredBench.BusySites * EventsPerRequest;
    const int Rounds = 5;
    const double Goal = 0.3;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var stack = await PipelineStack.StartAsync(StoredBench.BusySites);
        var known = new EventLoad(stack) { EventsPerRequest = EventsPerRequest };
        var unique = new EventLoad(stack) { EventsPerRequest = EventsPerRequest, UniqueAgents = true };
        await PipelineRound.RunAsync(stack, known, EventsPerRound);
        await PipelineRound.RunAsync(stack, unique, UsesUp);
        var (baselines, values) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            baselines.Add(await PipelineRound.RunAsync(stack, known, EventsPerRound));
            values.Add(await PipelineRound.RunAsync(stack, unique, EventsPerRound));
        }
        await SayAsync(stack);
        return [Figure.Of("pipeline-unique-agents", Median.Of(values), "events/s", Median.Of(baselines), Goal)];
    }

    /// <summary>Whether the budget was used up: only then is it measured.</summary>
    static async Task SayAsync(PipelineStack stack)
    {
        var unparsed = await stack.Store.NumberAsync("SELECT countIf(has(splitByChar(',', notes), 'ua_unparsed')) FROM events");
        Console.Error.WriteLine($"{unparsed} of {await PipelineRound.StoredAsync(stack)} events came when the budget for their agent was used up");
    }
}
