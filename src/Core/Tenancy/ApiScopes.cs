namespace SaaS.Analytics.Tenancy;

/// <summary>What an API key may do.</summary>
public static class ApiScopes
{
    public const string StatsRead = "stats:read";
    public const string EventsWrite = "events:write";
}
