namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>Query parameters with a meaning of their own.</summary>
static class TrackingParameters
{
    /// <summary>Set by ad networks at a click. That one was there is kept, its value is dropped.</summary>
    public static readonly string[] ClickIds =
    [
        "gclid", "wbraid", "gbraid", "dclid", "gad_source", "msclkid", "fbclid", "ttclid", "twclid", "li_fat_id", "yclid",
        "epik", "rdt_cid",
    ];

    static readonly string[] SourceNames = ["source", "ref"];

    /// <summary>Taken out of the stored query.</summary>
    public static bool IsTracking(ReadOnlySpan<char> name) =>
        name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase) || IsOneOf(ClickIds, name);

    /// <summary>Read by a step.</summary>
    public static bool IsKnown(ReadOnlySpan<char> name) => IsTracking(name) || IsOneOf(SourceNames, name);

    static bool IsOneOf(string[] names, ReadOnlySpan<char> name)
    {
        foreach (var candidate in names)
            if (name.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
