using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A broker that does not move, takes nothing, or forgets: collectors go on accepting, and nothing is lost.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class BrokerFaultTests(FaultStack stack, ITestOutputHelper output)
{
    static readonly TimeSpan Phase = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Whatever_the_broker_does_everything_is_counted_once()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        await attack.DuringAsync("broker stopped", FaultCollection.Stopped, stack.Broker.Freeze, stack.Broker.Thaw);
        await WatermarkAsync("0.00001");
        await attack.DuringAsync("memory alarm", Phase, () => { }, () => { });
        await WatermarkAsync("0.4");
        for (var partition = 0; partition < FaultStack.Partitions; partition++) await stack.Rabbit.ControlAsync("delete_queue", "-p", "v0", $"store-chunk-{partition}");
        await attack.DuringAsync("queues deleted", Phase, () => { }, () => { });
        await stack.Rabbit.ControlAsync("delete_vhost", "v0");
        await stack.Rabbit.ControlAsync("add_vhost", "v0");
        await stack.Rabbit.ControlAsync("set_permissions", "-p", "v0", "test", ".*", ".*", ".*");
        await attack.DuringAsync("a fresh vhost", Phase, () => { }, () => { });
        await attack.AgreesAsync();
    }

    Task WatermarkAsync(string share) => stack.Rabbit.ControlAsync("set_vm_memory_high_watermark", share);
}
