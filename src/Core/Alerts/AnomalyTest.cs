namespace SaaS.Analytics.Alerts;

/// <summary>Counts of eight hours: <c>[0]</c> is the hour that is judged, or the same hour of an earlier week, <c>[1]</c> the hour before it, and so on.</summary>
public delegate double HoursOfWeek(int hoursBack);

/// <summary>What was found of an hour.</summary>
/// <param name="Value">What happened in the hours that differ.</param>
/// <param name="Expected">The median of the same hours of the weeks before.</param>
/// <param name="Low">Less than this is unusual.</param>
/// <param name="High">More than this is unusual.</param>
/// <param name="Hours">How many hours differ: 1, 3 or 6.</param>
/// <param name="Differs">It is unusual.</param>
public sealed record AnomalyFinding(double Value, double Expected, double Low, double High, int Hours, bool Differs);

/// <summary>
/// Compares an hour, and the last three and six hours together, with the same hours of the week in the weeks before: unusual is
/// what is further from their median than <c>strictness</c> times their own scatter, and by a share that somebody would call a change.
/// </summary>
public static class AnomalyTest
{
    public const int MostWeeks = 8;
    public const int FewestWeeks = 3;

    /// <summary>Hours that are looked at in each week.</summary>
    public const int Hours = 8;

    /// <summary>Makes a median of absolute differences what a standard deviation is of normal noise.</summary>
    const double MadScale = 1.4826;

    /// <summary>How much more a median of few values varies than their mean would.</summary>
    const double MedianVariance = Math.PI / 2;
    const double LeastChange = 0.25;

    /// <summary>The last hour alone must at least lean that way, so that a change that is over is over.</summary>
    const double LeastLean = 0.15;
    static readonly int[] Windows = [1, 3, 6];

    /// <param name="now">The week of the hour.</param>
    /// <param name="before">The weeks before it, at least <see cref="FewestWeeks"/>.</param>
    /// <param name="strictness">Multiples of the usual scatter.</param>
    /// <param name="minimum">Hours in which less than this is expected are not judged.</param>
    /// <returns>Of the shortest time that differs; where none does, of the hour.</returns>
    public static AnomalyFinding Judge(HoursOfWeek now, IReadOnlyList<HoursOfWeek> before, double strictness, double minimum)
    {
        var usual = Enumerable.Range(0, Hours).Select(i => Median(before.Select(week => week(i)))).ToArray();
        var scatter = Scatter(before, usual);
        AnomalyFinding? ofHour = null;
        foreach (var hours in Windows)
        {
            var finding = Compare(Sum(now, hours), Median(before.Select(week => Sum(week, hours))), scatter * (1 + MedianVariance / before.Count), strictness, hours);
            ofHour ??= finding;
            if (finding.Differs && finding.Expected >= minimum && Leans(now(0), usual[0], finding)) return finding;
        }
        return ofHour! with { Differs = false };
    }

    static AnomalyFinding Compare(double value, double expected, double scatter, double strictness, int hours)
    {
        var width = Math.Max(strictness * Math.Sqrt(scatter * Math.Max(expected, 1)), LeastChange * expected);
        return new AnomalyFinding(value, expected, expected - width, expected + width, hours, value < expected - width || value > expected + width);
    }

    static bool Leans(double hour, double usual, AnomalyFinding finding) =>
        (hour - usual) * Math.Sign(finding.Value - finding.Expected) is > 0 and var lean && lean >= LeastLean * usual;

    /// <summary>Variance per event over all hours that are looked at: 1 is pure chance, more is what this site adds to it.</summary>
    static double Scatter(IReadOnlyList<HoursOfWeek> before, double[] usual)
    {
        var differences = before.SelectMany(week => usual.Select((u, i) => Math.Abs(week(i) - u) / Math.Sqrt(Math.Max(u, 1))));
        var mad = MadScale * Median(differences);
        return Math.Max(1, mad * mad * before.Count / (before.Count - 1));
    }

    static double Sum(HoursOfWeek week, int hours)
    {
        var sum = 0d;
        for (var i = 0; i < hours; i++) sum += week(i);
        return sum;
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
