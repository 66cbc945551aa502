using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A worker whose clock is wrong by hours or a day.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class ClockTests(FaultStack stack, ITestOutputHelper output)
{
    public static TheoryData<double> Hours => [-24, -2, 2, 24];

    [FakeTimeTheory]
    [MemberData(nameof(Hours))]
    public async Task A_worker_whose_clock_is_wrong_counts_once(double hours)
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        // Stored, not acknowledged, and forgotten by the broker: its collector brings it again, and nothing tells that it is known.
        var point = new FaultPoint(stack.Worker);
        stack.Proxy.Fate = asked => point.DieIf(FaultPoint.Inserts(asked, "events")) ? Tests.Stack.ReplyFate.Dropped : Tests.Stack.ReplyFate.Passes;
        await point.Died.WaitAsync(Wait.Long);
        stack.Pass();
        for (var partition = 0; partition < FaultStack.Partitions; partition++)
            await stack.Rabbit.ControlAsync("purge_queue", "-p", "v0", $"store-chunk-{partition}");
        stack.WorkerClock = TimeSpan.FromHours(hours);
        await stack.Worker.StartAgainAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        await attack.AgreesAsync();
        await RightAgainAsync(stack.Worker);
    }

    async Task RightAgainAsync(Part part)
    {
        (stack.CollectorClock, stack.WorkerClock) = (TimeSpan.Zero, TimeSpan.Zero);
        await part.StopAsync();
        await part.StartAsync();
    }
}
