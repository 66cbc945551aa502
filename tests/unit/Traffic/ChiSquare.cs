namespace SaaS.Analytics.Tests.Traffic;

static class ChiSquare
{
    /// <summary>Fails unless the counts fit the shares with p &gt; 0.01.</summary>
    public static void Fits<T>(string what, IEnumerable<T> seen, IEnumerable<KeyValuePair<T, double>> weights) where T : notnull
    {
        var counts = seen.CountBy(x => x).ToDictionary();
        var expected = weights.ToDictionary(w => w.Key, w => w.Value);
        Assert.Empty(counts.Keys.Except(expected.Keys));
        var perWeight = counts.Values.Sum() / expected.Values.Sum();
        var statistic = expected.Sum(e => Math.Pow(counts.GetValueOrDefault(e.Key) - e.Value * perWeight, 2) / (e.Value * perWeight));
        Assert.True(statistic < Limit(expected.Count - 1), $"{what}: chi-square {statistic:F2} with {expected.Count - 1} degrees of freedom means p < 0.01.");
    }

    /// <summary>The 99 % point of the distribution, by Wilson and Hilferty.</summary>
    static double Limit(int degrees) => degrees * Math.Pow(1 - 2.0 / (9 * degrees) + 2.326 * Math.Sqrt(2.0 / (9 * degrees)), 3);
}
