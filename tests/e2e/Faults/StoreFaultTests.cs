using SaaS.Analytics.Tests.Stack;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A way to ClickHouse that loses, cuts, delays and swallows; a ClickHouse that does not move.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class StoreFaultTests(FaultStack stack, ITestOutputHelper output)
{
    static readonly TimeSpan Phase = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Whatever_the_way_to_the_store_does_everything_is_counted_once()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        var dice = new Random(FaultCollection.Seed);
        await attack.DuringAsync("10 % of the replies lost", Phase, () => Lose(dice, ReplyFate.Dropped), stack.Proxy.Mend);
        await attack.DuringAsync("10 % of the connections reset", Phase, () => Lose(dice, ReplyFate.Reset), stack.Proxy.Mend);
        var broken = stack.Proxy.Broken;
        await attack.DuringAsync("every byte alone", Phase, () => stack.Proxy.Trickle = true, stack.Proxy.Mend);
        await attack.DuringAsync("a black hole", Phase, stack.Proxy.FallSilent, stack.Proxy.Mend);
        await attack.DuringAsync("ClickHouse stopped", FaultCollection.Stopped, stack.ClickHouse.Freeze, stack.ClickHouse.Thaw);
        await attack.AgreesAsync();
        output.WriteLine($"{broken} replies broken");
        Assert.NotEqual(0, broken);
    }

    void Lose(Random dice, ReplyFate fate) => stack.Proxy.Fate = _ =>
    {
        lock (dice) return dice.Next(10) == 0 ? fate : ReplyFate.Passes;
    };
}
