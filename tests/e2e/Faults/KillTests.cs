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
        var seed = FaultCollection.Seed;
        output.WriteLine($"FAULT_SEED={seed}, {FaultCollection.Rounds} rounds");
        var sites = await SitesAsync(6);
        var log = new TrafficLog();
        using var load = new Load(stack.CollectorUrl, sites, log, seed);
        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(stop.Token);
        await KillAsync(new Random(seed), log);
        await Wait.UntilAsync($"{Events} events are answered", () => Task.FromResult(log.Answered >= Events || running.IsCompleted));
        await stop.CancelAsync();
        await running;
        await new Oracle(stack, sites, log).AgreesAsync();
        await AgainAsync();
        await new Oracle(stack, sites, log).AgreesAsync();
        output.WriteLine($"{log.Sent.Count} sent, {log.Answered} answered; not 202: {string.Join(", ", log.Failures.Select(f => $"{f.Key} {f.Value}×"))}");
        Assert.DoesNotContain(log.Failures.Keys, status => status is ['4', ..] or "500");
    }

    async Task KillAsync(Random dice, TrafficLog log)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        output.WriteLine($"p99 of 202 without faults: {log.TakeP99():0} ms");
        var victims = new Queue<Part>();
        for (var round = 1; round <= FaultCollection.Rounds; round++)
        {
            if (victims.Count == 0) victims = new Queue<Part>(Shuffled(dice));
            List<Part> dead = [victims.Dequeue()];
            if (dice.Next(4) == 0 && victims.TryDequeue(out var second)) dead.Add(second);
            await Task.Delay(dice.Next(500, 4000));
            await RoundAsync(dead, TimeSpan.FromMilliseconds(dice.Next(2000)));
            output.WriteLine($"round {round}: {string.Join(" and ", dead.Select(d => d.Name))} killed; p99 of 202 {log.TakeP99():0} ms");
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

    async Task<FaultSite[]> SitesAsync(int count)
    {
        var sites = new FaultSite[count];
        for (var i = 0; i < count; i++) sites[i] = await FaultSite.CreateAsync(stack);
        foreach (var site in sites) await site.KnownAsync(stack.CollectorUrl);
        return sites;
    }
}
