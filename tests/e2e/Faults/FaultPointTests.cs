using SaaS.Analytics.Pipeline;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A part dies between two steps that must not come apart.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class FaultPointTests(FaultStack stack, ITestOutputHelper output)
{
    [Fact]
    public async Task A_collector_may_die_after_the_fsync_the_seal_and_the_publish()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        for (var time = 0; time < FaultCollection.Repeats; time++)
        {
            await DiesAsync(attack, stack.Collector, "after the fsync", point => attack.Log.Heard = () => point.Die());
            await DiesAsync(attack, stack.Collector, "after the seal, before the publish", point =>
                stack.CollectorToBroker.Asks = said => !point.DieIf(FaultPoint.Says(said, ":ChunkSealed")));
            await DiesAsync(attack, stack.Collector, "after the announcement, before the chunk", point =>
                stack.CollectorToBroker.Asks = said => !point.DieIf(FaultPoint.Says(said, ChunkQueues.StoreChunk(attack.Sites[0].Partition))));
            await DiesAsync(attack, stack.Collector, "after the publish, before its confirmation", point =>
            {
                var sent = false;
                stack.CollectorToBroker.Asks = said => (sent |= FaultPoint.Says(said, "store-chunk-")) || true;
                stack.CollectorToBroker.Answers = _ => !point.DieIf(sent);
            });
        }
        await attack.AgreesAsync();
    }

    [Fact]
    public async Task A_worker_or_a_store_may_die_amid_an_insert_and_amid_a_step_of_the_saga()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        for (var time = 0; time < FaultCollection.Repeats; time++)
        {
            foreach (var part in (Part[])[stack.Worker, stack.ClickHouse])
                await DiesAsync(attack, part, "amid an insert of events", point =>
                    stack.Proxy.Halves = asked => point.DieIf(FaultPoint.Inserts(asked, "events")));
            await DiesAsync(attack, stack.Worker, "after the snapshots, before ChunkStored", point =>
                stack.WorkerToBroker.Asks = said => !point.DieIf(FaultPoint.Says(said, ":ChunkStored")));
            foreach (var part in (Part[])[stack.Worker, stack.Postgres])
                await DiesAsync(attack, part, "amid a step of the saga", point =>
                    stack.WorkerToPostgres.Asks = said => !point.DieIf(FaultPoint.Says(said, "UPDATE pipeline.chunks SET") && FaultPoint.Says(said, "finished_at")));
            await DiesAsync(attack, stack.Worker, "after the saga's step, before its collector is told", point =>
                stack.WorkerToBroker.Asks = said => !point.DieIf(FaultPoint.Says(said, ChunkQueues.Collector("one"))));
        }
        await attack.AgreesAsync();
    }

    async Task DiesAsync(Attack attack, Part victim, string when, Action<FaultPoint> arm)
    {
        var point = new FaultPoint(victim);
        arm(point);
        await point.Died.WaitAsync(Wait.Long);
        attack.Log.Heard = () => { };
        stack.Pass();
        await victim.StartAgainAsync();
        attack.Say($"{victim.Name} killed {when}");
    }
}
