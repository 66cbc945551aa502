using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Pages.Account;

/// <summary>What a key may do, in words.</summary>
static class KeyScopes
{
    public static readonly IReadOnlyList<(string Scope, string Words)> All =
    [
        (ApiScopes.StatsRead, "Read statistics"),
        (ApiScopes.EventsWrite, "Send events from a server"),
        (ApiScopes.EventsImport, "Import events of any age"),
        (ApiScopes.ExportRead, "Export raw events"),
        (ApiScopes.SitesAdmin, "Change tags of sites, publish them, and import ad costs"),
    ];
}
