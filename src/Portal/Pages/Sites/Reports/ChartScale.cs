using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A vertical axis from 0 in round steps.</summary>
/// <param name="Step">Between two lines.</param>
/// <param name="Steps">How many.</param>
sealed record ChartScale(double Step, int Steps)
{
    const int Wanted = 4;
    static readonly double[] Round = [1, 2, 2.5, 5, 10];
    static readonly double[] RoundSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

    public double Top => Step * Steps;

    public static ChartScale For(double most, MetricKind kind)
    {
        var step = kind switch
        {
            MetricKind.Percentage => 25,
            MetricKind.Duration when most <= RoundSeconds[^1] * Wanted => RoundSeconds.First(s => s * Wanted >= most),
            MetricKind.Count => Math.Max(1, Nice(most / Wanted)),
            _ => most <= 0 ? 1 : Nice(most / Wanted),
        };
        if (kind == MetricKind.Count) step = Math.Ceiling(step);
        return new ChartScale(step, Math.Clamp((int)Math.Ceiling(most / step), 2, Wanted + 1));
    }

    static double Nice(double raw)
    {
        if (raw <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return Round.First(r => r * power >= raw * 0.9999) * power;
    }
}
