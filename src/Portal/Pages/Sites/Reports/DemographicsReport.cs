namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Where visitors are, and what they speak.</summary>
static class DemographicsReport
{
    public static Report Page { get; } = new("/demographics", "Demographics",
        ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"],
        [
            new("countries", "Countries", [TopTabs.Countries]),
            new("regions", "Regions", [new("region", "Regions", "visit:region") { HideEmpty = true }]),
            new("cities", "Cities", [TopTabs.Cities with { HideEmpty = true }]),
            new("languages", "Languages", [TopTabs.Languages]),
        ])
    { Map = true };
}
