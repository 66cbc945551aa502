using SaaS.Analytics.Tests.Stack;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A worker that dies between two of its steps, or sleeps while another takes over.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class WorkerFaultTests(FaultStack stack, ITestOutputHelper output)
{
    [Fact]
    public async Task A_worker_may_die_after_any_of_its_inserts()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        foreach (var table in (string[])["events", "visits", "visitors", "ledger"])
        {
            var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            stack.Proxy.Fate = asked => !died.Task.IsCompleted && FaultPoint.Inserts(asked, table) ? Die(died) : ReplyFate.Passes;
            await died.Task.WaitAsync(Wait.Long);
            await stack.Worker.StartAgainAsync();
            attack.Say($"killed after the insert into {table}");
        }
        stack.Proxy.Mend();
        await attack.AgreesAsync();
    }

    [Fact]
    public async Task A_worker_that_wakes_after_another_has_taken_over_changes_nothing()
    {
        await stack.MendAsync();
        await stack.SecondWorker.StartAsync();
        await using var attack = await Attack.BeginAsync(stack, output);
        foreach (var sleeper in (Part[])[stack.Worker, stack.SecondWorker])
            await attack.DuringAsync($"{sleeper.Name} asleep", FaultCollection.Stopped, sleeper.Freeze, sleeper.Thaw);
        await attack.AgreesAsync();
        await stack.SecondWorker.StopAsync();
    }

    ReplyFate Die(TaskCompletionSource died)
    {
        stack.Worker.Kill();
        died.SetResult();
        return ReplyFate.Dropped;
    }
}
