namespace SaaS.Analytics.Reports;

/// <summary>What a plan reads: pieces of the range from the raw tables, perhaps of one visitor in ten only, the rest from rollups.</summary>
/// <param name="Raw">Pieces read from the raw tables, in order, none overlapping.</param>
/// <param name="Why">In words, for who asks with <c>include.explain</c>.</param>
public sealed record Reading(IReadOnlyList<TimeRange> Raw, string Why)
{
    /// <summary>The share of a sample.</summary>
    public const int SampleOf = 10;

    public RollupReading? Rollup { get; init; }

    /// <summary>Of the raw pieces only every tenth visitor is read; numbers are scaled.</summary>
    public bool Sampled { get; init; }

    /// <summary>Distinct values are counted by states that can be merged, instead of exactly.</summary>
    public bool ByStates => Rollup is not null || KeepsStates;

    /// <summary>What is read becomes a rollup.</summary>
    public bool KeepsStates { get; init; }

    public string Source => Rollup is { } rollup ? $"rollup:{rollup.Name}" + (Raw.Count > 0 ? "+raw" : "") : Sampled ? "sample" : "raw";

    public static Reading AllRaw(TimeRange range, string why = "") => new([range], why);
}

/// <summary>Days of a site taken from rollups.</summary>
/// <param name="Grain">Their steps.</param>
/// <param name="Days">Each with the build that holds.</param>
/// <param name="Range">For steps of 15 minutes: what of the days is counted.</param>
public sealed record RollupReading(RollupGrain Grain, IReadOnlyList<BuiltDay> Days, TimeRange Range)
{
    public string Name => Grain == RollupGrain.Day ? "day" : "15min";
}

/// <summary>A day in the site's zone whose sums are published.</summary>
/// <param name="Day">The day.</param>
/// <param name="Build">Which rows of it hold.</param>
/// <param name="RawRows">Events it was made of, bots and engagement included.</param>
public sealed record BuiltDay(DateOnly Day, long Build, long RawRows);

public enum RollupGrain
{
    /// <summary>A day in the site's own zone.</summary>
    Day = 0,

    /// <summary>15 minutes, for zones other than the site's and for hours.</summary>
    QuarterHour = 1,
}
