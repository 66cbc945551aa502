namespace SaaS.Analytics.Bench;

/// <summary>One measured figure next to its baseline of the same run.</summary>
/// <param name="Name">Stable: compared between runs.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Of value and baseline.</param>
/// <param name="Baseline">The same work done by the simplest thing that could do it.</param>
/// <param name="Goal">Ratio to reach.</param>
sealed record Figure(string Name, double Value, string Unit, double Baseline, double Goal)
{
    public double Ratio => Value / Baseline;
}
