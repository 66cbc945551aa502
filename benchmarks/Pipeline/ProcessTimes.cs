using System.Globalization;
using SaaS.Analytics.Standalone.Embedded;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Bench.Pipeline;

/// <summary>CPU seconds used so far by each part of the pipeline, and what they keep resident; from <c>/proc</c>.</summary>
sealed class ProcessTimes
{
    const double TicksPerSecond = 100;
    readonly (string Name, int Pid)[] parts;

    ProcessTimes((string, int)[] parts) => this.parts = parts;

    public static async Task<ProcessTimes> OfAsync(ChildProcess collector, ChildProcess workers) => new(
    [
        ("collector", collector.ServerPid ?? 0), ("workers", workers.ServerPid ?? 0),
        ("clickhouse", (await Servers.ClickHouseAsync()).Process.ServerPid ?? 0),
        ("postgres", (await Servers.PostgresAsync()).Process.ServerPid ?? 0),
        ("rabbitmq", (await Servers.RabbitAsync()).Process.ServerPid ?? 0), ("load", Environment.ProcessId),
    ]);

    /// <summary>Seconds by part, those of its children included.</summary>
    public Dictionary<string, double> Now()
    {
        var all = All();
        return parts.ToDictionary(p => p.Name, p => Seconds(p.Pid, all));
    }

    public static Dictionary<string, double> Between(Dictionary<string, double> before, Dictionary<string, double> after) =>
        after.ToDictionary(a => a.Key, a => a.Value - before[a.Key]);

    public static string Text(Dictionary<string, double> seconds) => string.Create(CultureInfo.InvariantCulture,
        $"CPU seconds: {string.Join(", ", seconds.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:0.0}")))}; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");

    static double Seconds(int pid, Dictionary<int, (int Parent, double Seconds)> all)
    {
        double sum = all.TryGetValue(pid, out var own) ? own.Seconds : 0;
        if (pid != Environment.ProcessId)
            foreach (var child in all.Where(p => p.Value.Parent == pid)) sum += Seconds(child.Key, all);
        return sum;
    }

    /// <summary>Every process: its parent, its own CPU time and that of its children that have ended.</summary>
    static Dictionary<int, (int Parent, double Seconds)> All()
    {
        var all = new Dictionary<int, (int, double)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Stat(folder) is { } fields)
                all[pid] = (int.Parse(fields[1], CultureInfo.InvariantCulture),
                    fields[11..15].Sum(f => double.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond);
        return all;
    }

    /// <returns>The fields behind the name; null where the process has ended meanwhile.</returns>
    static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
