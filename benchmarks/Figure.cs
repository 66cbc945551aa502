namespace SaaS.Analytics.Bench;

/// <summary>One measured figure next to its baseline of the same run.</summary>
/// <param name="Name">Stable: compared between runs.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Of value and baseline.</param>
/// <param name="Baseline">The same work done by the simplest thing that could do it.</param>
/// <param name="Ratio">Value / baseline.</param>
/// <param name="Goal">Ratio to reach; null where none is set.</param>
sealed record Figure(string Name, double Value, string Unit, double Baseline, double Ratio, double? Goal)
{
    public static Figure Of(string name, double value, string unit, double baseline, double? goal) =>
        new(name, value, unit, baseline, value / baseline, goal);
}
