using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>The traffic of one test on sites of its own, from its beginning to the comparison with what is stored.</summary>
sealed class Attack : IAsyncDisposable
{
    readonly FaultStack stack;
    readonly ITestOutputHelper output;
    readonly CancellationTokenSource stop = new();
    readonly Load load;
    readonly Task running;

    Attack(FaultStack stack, ITestOutputHelper output, Load load, TrafficLog log, IReadOnlyList<FaultSite> sites)
    {
        (this.stack, this.output, this.load, Log, Sites) = (stack, output, load, log, sites);
        running = load.RunAsync(stop.Token);
    }

    public TrafficLog Log { get; }

    public IReadOnlyList<FaultSite> Sites { get; }

    /// <param name="stack">What is attacked.</param>
    /// <param name="output">Where the seed and the figures are told.</param>
    /// <param name="shape">Makes the load, of the collector's address, the sites, the log and the seed; null: 200 connections.</param>
    /// <param name="where">Which partitions its sites may be of; null: any.</param>
    /// <param name="mend">False leaves as it is what another attack has broken.</param>
    public static async Task<Attack> BeginAsync(
        FaultStack stack, ITestOutputHelper output, Func<Uri, IReadOnlyList<FaultSite>, TrafficLog, int, Load>? shape = null,
        Func<int, bool>? where = null, bool mend = true)
    {
        if (mend) await stack.MendAsync();
        var sites = await FaultSite.SeveralAsync(stack, 4, where);
        var log = new TrafficLog();
        output.WriteLine($"FAULT_SEED={FaultCollection.Seed}");
        shape ??= (collector, s, l, seed) => new Load(collector, s, l, seed);
        var attack = new Attack(stack, output, shape(stack.CollectorUrl, sites, log, FaultCollection.Seed), log, sites);
        await Task.Delay(TimeSpan.FromSeconds(5));
        attack.Say("without faults");
        return attack;
    }

    public void Say(string phase) => output.WriteLine($"{phase}: p99 of 202 {Log.TakeP99():0} ms");

    /// <summary>Something is broken for a while, and mended.</summary>
    public async Task DuringAsync(string phase, TimeSpan length, Action breaks, Action mends)
    {
        breaks();
        await Task.Delay(length);
        mends();
        Say(phase);
    }

    /// <summary>Stops the load, once as many events are answered as asked for, and compares.</summary>
    public async Task AgreesAsync(int events = 0)
    {
        await Wait.UntilAsync($"{events} events are answered", () => Task.FromResult(Log.Answered >= events || running.IsCompleted));
        await StopAsync();
        await CompareAsync();
        output.WriteLine($"{Log.Sent.Count} sent, {Log.Answered} answered; not 202: {string.Join(", ", Log.Failures.Select(f => $"{f.Key} {f.Value}×"))}");
        Assert.DoesNotContain(Log.Failures.Keys, status => status is ['4', ..] or "500");
    }

    /// <summary>Stops the load and waits until everything that was begun is answered.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public Task CompareAsync() => new Oracle(stack, Sites, Log).AgreesAsync();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        load.Dispose();
        stop.Dispose();
    }
}
