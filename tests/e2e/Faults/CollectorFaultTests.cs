using System.Diagnostics;
using Xunit.Abstractions;

namespace SaaS.Analytics.E2E.Faults;

/// <summary>A collector whose disk is full, and one that is replaced while it works.</summary>
[Collection(FaultCollection.Name)]
[Trait("Category", "Faults")]
public sealed class CollectorFaultTests(FaultStack stack, ITestOutputHelper output)
{
    [Fact]
    public async Task A_rolling_restart_behind_a_second_instance_loses_nothing()
    {
        await stack.MendAsync();
        await stack.SecondCollector.StartAsync();
        await using var attack = await Attack.BeginAsync(stack, output,
            (collector, sites, log, seed) => new Load(collector, sites, log, seed) { Otherwise = stack.SecondCollectorUrl });
        for (var restart = 0; restart < 3; restart++)
        {
            await stack.Collector.StopAsync();
            await stack.Collector.StartAsync();
            attack.Say("restarted");
        }
        await attack.AgreesAsync();
        await stack.SecondCollector.StopAsync();
    }

    [RootFact]
    public async Task A_full_disk_is_answered_503_and_loses_nothing_that_was_answered_202()
    {
        await stack.MendAsync();
        Directory.CreateDirectory(stack.SecondSpool);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "spool", stack.SecondSpool);
        await stack.SecondCollector.StartAsync();
        await using var attack = await Attack.BeginAsync(stack, output,
            (_, sites, log, seed) => new Load(stack.SecondCollectorUrl, sites, log, seed) { Connections = 50 });
        var ballast = Path.Combine(stack.SecondSpool, "ballast");
        await RunAsync("sh", "-c", $"cat /dev/zero > {ballast} || true");
        await Wait.UntilAsync("503", () => Task.FromResult(attack.Log.Failures.ContainsKey("503")));
        attack.Say("disk full");
        File.Delete(ballast);
        await attack.AgreesAsync(attack.Log.Answered + 1000);
        await stack.SecondCollector.StopAsync();
        await RunAsync("umount", stack.SecondSpool);
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }
}

/// <summary>Needs root, as it mounts a disk of its own.</summary>
sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess) Skip = "Only root can mount a disk of a size.";
    }
}
