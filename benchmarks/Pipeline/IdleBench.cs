namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>CPU of collector, workers and all three servers together while ten events a second come, spread over all sites.</summary>
static class IdleBench
{
    const int Seconds = 20;
    const int EventsPerSecond = 10;
    const double LimitPercent = 5;

    public static async Task<Figure> RunAsync(PipelineStack stack)
    {
        var load = new EventLoad(stack.CollectorPort, stack.Sites) { EventsPerRequest = 1, Rate = EventsPerSecond };
        // What earlier load has left behind (merges, a heap to be tidied up) is not what is measured.
        await load.SendAsync(Seconds * EventsPerSecond);
        var before = stack.Times.Now();
        await load.SendAsync(Seconds * EventsPerSecond);
        var used = ProcessTimes.Between(before, stack.Times.Now());
        Console.Error.WriteLine(ProcessTimes.Text(used));
        return Figure.Within("idle-cpu", used.Where(u => u.Key != "load").Sum(u => u.Value) / Seconds * 100, "% of core", LimitPercent);
    }
}
