namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What happened on the site, on one page.</summary>
static class OverviewReport
{
    public static Report Page { get; } = new("", "Overview",
        ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"],
        [
            new("sources", "Sources", [TopTabs.Channels, TopTabs.Sources, TopTabs.Campaigns]),
            new("pages", "Pages", [TopTabs.Pages, TopTabs.EntryPages, TopTabs.ExitPages]),
            new("countries", "Countries", [TopTabs.Countries, TopTabs.Cities, TopTabs.Languages]),
            new("devices", "Devices", [TopTabs.Devices, TopTabs.Browsers, TopTabs.Systems]),
        ])
    { ShowsActive = true };
}
