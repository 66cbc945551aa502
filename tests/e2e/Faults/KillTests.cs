using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>Any process may die at any moment: what was answered 202 is stored, once, and every number follows from it.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class KillTests(FaultStack stack, ITestOutputHelper output)
{
    const int Events = 60_000;

    [Fact]
    public async Task Whatever_is_killed_every_answered_event_is_counted_once()
    {
        await using var attack = await Attack.BeginAsync(stack, output);
        await KillAsync(new Random(FaultCollection.Seed), attack);
        await attack.AgreesAsync(Events);
        await AgainAsync();
        await attack.CompareAsync();
    }

    async Task KillAsync(Random dice, Attack attack)
    {
        var victims = new Queue<Part>();
        for (var round = 1; round <= FaultCollection.Rounds; round++)
        {
            if (victims.Count == 0) victims = new Queue<Part>(Shuffled(dice));
            List<Part> dead = [victims.Dequeue()];
            if (dice.Next(4) == 0 && victims.TryDequeue(out var second)) dead.Add(second);
            await Task.Delay(dice.Next(500, 4000));
            await RoundAsync(dead, TimeSpan.FromMilliseconds(dice.Next(2000)));
            attack.Say($"round {round}, {string.Join(" and ", dead.Select(d => d.Name))} killed");
        }
    }

    async Task RoundAsync(List<Part> dead, TimeSpan gone)
    {
        await Task.WhenAll(dead.Select(d => d.KillAsync()));
        await Task.Delay(gone);
        foreach (var part in stack.Parts.Where(dead.Contains)) await part.StartAsync();
    }

    Part[] Shuffled(Random dice)
    {
        Part[] parts = [.. stack.Parts];
        dice.Shuffle(parts);
        return parts;
    }

    /// <summary>What was not yet known to be finished is handed over once more.</summary>
    async Task AgainAsync()
    {
        foreach (var part in (Part[])[stack.Collector, stack.Worker])
        {
            await part.KillAsync();
            await part.StartAsync();
        }
    }
}
