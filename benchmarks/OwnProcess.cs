using System.Diagnostics;
using System.Text.Json;

namespace SaaS.Analytics.Bench;

/// <summary>Runs a part in a process of its own, so that nothing that earlier parts left in memory is measured with it.</summary>
static class OwnProcess
{
    const string Mark = "BENCH_OWN_PROCESS";

    public static async Task<IReadOnlyList<Figure>> RunAsync(string part, Func<Task<IReadOnlyList<Figure>>> measureAsync)
    {
        if (Environment.GetEnvironmentVariable(Mark) == part) return await measureAsync();
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], part, "--json", file]) { RedirectStandardOutput = true };
        start.Environment[Mark] = part;
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"Part {part} ended with {process.ExitCode}.");
        var figures = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("figures").Deserialize<List<Figure>>(JsonSerializerOptions.Web)!;
        File.Delete(file);
        return figures;
    }
}
