namespace SaaS.Analytics.Reports;

/// <summary>By what rollups are kept; a new one is a line here, and holds from the next rebuild on.</summary>
public static class RolledDimensions
{
    /// <summary>The dimension, and whether it is kept in steps of 15 minutes too; the empty key is the site as a whole.</summary>
    public static IReadOnlyList<(string Key, bool Quarters)> All { get; } =
    [
        ("", true),
        (Dimensions.Page, true),
        ("event:hostname", false),
        ("event:name", true),
        ("visit:source", true),
        ("visit:source_category", false),
        ("visit:channel", true),
        ("visit:referrer", false),
        ("visit:utm_source", false),
        ("visit:utm_medium", false),
        ("visit:utm_campaign", false),
        ("visit:utm_term", false),
        ("visit:utm_content", false),
        ("visit:entry_page", false),
        ("visit:exit_page", false),
        ("visit:country", true),
        ("visit:region", false),
        ("visit:city", false),
        ("visit:device", true),
        ("visit:browser", false),
        ("visit:os", false),
        ("visit:language", false),
        ("visit:screen", false),
    ];

    /// <summary>The one dimension, beside time, that a query is about; empty for none, null where there are several.</summary>
    public static string? KeyOf(ReportQuery query)
    {
        var keys = query.Dimensions.Where(d => d.Scope != DimensionScope.Time)
            .Concat(query.Filters.SelectMany(f => f.Dimensions)).Select(d => d.Key).Distinct().Take(2).ToList();
        return keys.Count switch { 0 => "", 1 => keys[0], _ => null };
    }

    public static bool Has(string key, RollupGrain grain) => All.Any(r => r.Key == key && (grain == RollupGrain.Day || r.Quarters));
}
