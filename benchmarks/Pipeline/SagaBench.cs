using MassTransit;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>The saga's part of the CPU: what its messages alone cost for one chunk, times the chunks of the measured rounds.</summary>
static class SagaBench
{
    const int Chunks = 400;
    const double LimitPercent = 10;
    static readonly string[] Busy = ["workers", "postgres", "rabbitmq"];

    /// <param name="stack">The stack, at rest.</param>
    /// <param name="chunks">Chunks of the measured rounds.</param>
    /// <param name="seconds">CPU seconds of the pipeline in these rounds.</param>
    public static async Task<Figure> RunAsync(PipelineStack stack, int chunks, double seconds)
    {
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(cfg => cfg.Host(new Uri(stack.Broker)));
        await bus.StartAsync();
        var saga = await bus.GetSendEndpoint(new Uri($"exchange:{ChunkQueues.Saga}"));
        await TellAsync(stack, saga);
        var before = stack.Times.Now();
        await TellAsync(stack, saga);
        var used = ProcessTimes.Between(before, stack.Times.Now());
        await bus.StopAsync();
        Console.Error.WriteLine($"{Chunks} sagas: {ProcessTimes.Text(used)}; {chunks} chunks of {seconds:0.0} s");
        return Figure.Within("saga-cpu", Busy.Sum(b => used[b]) / Chunks * chunks / seconds * 100, "% of pipeline", LimitPercent);
    }

    static async Task TellAsync(PipelineStack stack, ISendEndpoint saga)
    {
        for (var i = 0; i < Chunks; i++)
        {
            var (id, now) = (Guid.CreateVersion7(), DateTime.UtcNow);
            await saga.Send(new ChunkSealed(id, "nobody", 0, 5000, now, [.. stack.Sites.Take(13).Select(s => new ReceiptCount(s.Id, now, 400, []))]));
            await saga.Send(new ChunkStored(id, 0, now, [.. stack.Sites.Take(13).Select(s => new SiteSummary(s.Id, 400, 0, 0))]));
        }
        while (!await PipelineRound.DoneAsync(stack)) await Task.Delay(50);
        await Task.Delay(500);
    }
}
