namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What visitors use.</summary>
static class TechnologyReport
{
    public static Report Page { get; } = new("/technology", "Technology",
        ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"],
        [
            new("browsers", "Browsers", [TopTabs.Browsers, new("version", "Versions", "visit:browser_version") { Before = "visit:browser" }]),
            new("systems", "Operating systems", [TopTabs.Systems, new("version", "Versions", "visit:os_version") { Before = "visit:os" }]),
            new("devices", "Devices", [
                TopTabs.Devices,
                new("brand", "Brands", "visit:device_brand") { HideEmpty = true },
                new("model", "Models", "visit:device_model") { HideEmpty = true, Before = "visit:device_brand" },
            ]),
            new("screens", "Screens", [
                new("class", "Screens", "visit:screen_class") { HideEmpty = true },
                new("screen", "Sizes", "visit:screen") { HideEmpty = true },
            ]),
        ]);
}
