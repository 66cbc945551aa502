namespace SaaS.Analytics.Bench;

/// <summary>One measured figure next to its baseline of the same run.</summary>
/// <param name="Name">Stable: compared between runs.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Of value and baseline.</param>
/// <param name="Baseline">The same work done by the simplest thing that could do it; where there is none, what is allowed.</param>
/// <param name="Ratio">Value / baseline.</param>
/// <param name="Goal">Ratio to reach, or not to exceed where <paramref name="AtMost"/>; null where none is set.</param>
/// <param name="AtMost">Less is better.</param>
sealed record Figure(string Name, double Value, string Unit, double Baseline, double Ratio, double? Goal, bool AtMost = false)
{
    public static Figure Of(string name, double value, string unit, double baseline, double? goal) =>
        new(name, value, unit, baseline, value / baseline, goal);

    /// <summary>A figure with a limit of its own in place of a baseline.</summary>
    public static Figure Within(string name, double value, string unit, double limit) =>
        new(name, value, unit, limit, value / limit, 1, AtMost: true);

    /// <summary>A cost that must not grow with something; the baseline is the cost where there is least of it.</summary>
    public static Figure Flat(string name, double value, string unit, double baseline, double mostGrowth) =>
        new(name, value, unit, baseline, value / baseline, mostGrowth, AtMost: true);
}
