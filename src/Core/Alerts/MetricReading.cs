namespace SaaS.Analytics.Alerts;

/// <summary>What a rule about a number saw.</summary>
/// <param name="Value">The number; of <c>no_data</c> the minutes since the last event.</param>
/// <param name="Before">The same number of the period just before; null where it was not asked for.</param>
/// <param name="From">Start of the period, UTC.</param>
/// <param name="To">Its end, UTC.</param>
public sealed record MetricReading(double Value, double? Before, DateTime From, DateTime To)
{
    /// <summary>Of <c>anomaly</c>: what is less is unusual; <c>Before</c> is what is usual.</summary>
    public double? Low { get; init; }

    /// <summary>What is more is unusual.</summary>
    public double? High { get; init; }

    /// <summary>What most of the difference is made of.</summary>
    public IReadOnlyList<ReadingPart> Because { get; init; } = [];
}

/// <summary>One value of a dimension in a time that differs.</summary>
/// <param name="Name">Of the dimension, for people.</param>
public sealed record ReadingPart(string Name, string Value, double Now, double Usual);

/// <summary>Says whether what was read is what a rule about a number asks for.</summary>
public static class MetricTest
{
    public static bool Holds(string kind, AlertSettings settings, MetricReading reading)
    {
        var wanted = (double)settings.Number(kind == AlertKinds.NoData.Key ? "minutes" : "value");
        if (kind == AlertKinds.NoData.Key) return reading.Value >= wanted;
        if (kind == AlertKinds.Anomaly.Key) return IsAsked(settings.Text("direction"), reading.Value - reading.Before.GetValueOrDefault());
        return settings.Text("compare") switch
        {
            "at_least" => reading.Value >= wanted,
            "at_most" => reading.Value <= wanted,
            "rises" => Change(settings, reading) >= wanted,
            "falls" => Change(settings, reading) <= -wanted,
            _ => false,
        };
    }

    static bool IsAsked(string direction, double difference) => direction switch { "up" => difference > 0, "down" => difference < 0, _ => true };

    /// <summary>In percent; NaN, which is never enough, where there is nothing to compare with.</summary>
    static double Change(AlertSettings settings, MetricReading reading) =>
        reading.Before is { } before && before > 0 && before >= (double)settings.Number("minimum") ? (reading.Value - before) / before * 100 : double.NaN;
}
