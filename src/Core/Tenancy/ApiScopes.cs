namespace SaaS.Analytics.Tenancy;

/// <summary>What an API key may do.</summary>
public static class ApiScopes
{
    public const string StatsRead = "stats:read";
    public const string EventsWrite = "events:write";

    /// <summary>As <see cref="EventsWrite"/>, without the bound of 30 days on the age of an event.</summary>
    public const string EventsImport = "events:import";

    /// <summary>Read events as they are stored.</summary>
    public const string ExportRead = "export:read";

    /// <summary>Changes what the portal can change of a site.</summary>
    public const string SitesAdmin = "sites:admin";

    public static readonly IReadOnlyList<string> All = [StatsRead, EventsWrite, EventsImport, ExportRead, SitesAdmin];
}
