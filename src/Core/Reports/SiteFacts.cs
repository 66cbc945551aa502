namespace SaaS.Analytics.Reports;

/// <summary>What is known of a site's data when a plan is made.</summary>
/// <param name="Built">Days whose rollups hold: published, and not marked since.</param>
/// <param name="Now">UTC.</param>
public sealed record SiteFacts(IReadOnlyDictionary<DateOnly, BuiltDay> Built, DateTime Now)
{
    static readonly Dictionary<DateOnly, BuiltDay> NoDays = [];

    /// <summary>Rows of the raw tables that the range may make ClickHouse read; null where nobody has asked.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>Events may be labelled with visits that another one has taken over.</summary>
    public bool IsUnderRepair { get; init; }

    public static SiteFacts None(DateTime now) => new(NoDays, now);
}
