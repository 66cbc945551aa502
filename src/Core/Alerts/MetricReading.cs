namespace SaaS.Analytics.Alerts;

/// <summary>What a rule about a number saw.</summary>
/// <param name="Value">The number; of <c>no_data</c> the minutes since the last event.</param>
/// <param name="Before">The same number of the period just before; null where it was not asked for.</param>
/// <param name="From">Start of the period, UTC.</param>
/// <param name="To">Its end, UTC.</param>
public sealed record MetricReading(double Value, double? Before, DateTime From, DateTime To);

/// <summary>Says whether what was read is what a rule about a number asks for.</summary>
public static class MetricTest
{
    public static bool Holds(string kind, AlertSettings settings, MetricReading reading)
    {
        var wanted = (double)settings.Number(kind == AlertKinds.NoData.Key ? "minutes" : "value");
        if (kind == AlertKinds.NoData.Key) return reading.Value >= wanted;
        return settings.Text("compare") switch
        {
            "at_least" => reading.Value >= wanted,
            "at_most" => reading.Value <= wanted,
            "rises" => Change(settings, reading) >= wanted,
            "falls" => Change(settings, reading) <= -wanted,
            _ => false,
        };
    }

    /// <summary>In percent; NaN, which is never enough, where there is nothing to compare with.</summary>
    static double Change(AlertSettings settings, MetricReading reading) =>
        reading.Before is { } before && before > 0 && before >= (double)settings.Number("minimum") ? (reading.Value - before) / before * 100 : double.NaN;
}
