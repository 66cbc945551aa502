namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>The last half hour, as it goes by.</summary>
static class RealTimeReport
{
    public static Report Page { get; } = new("/realtime", "Real time",
        ["visitors", "pageviews", "events"],
        [
            new("pages", "Pages", [TopTabs.Pages]),
            new("sources", "Sources", [TopTabs.Sources, TopTabs.Channels]),
            new("countries", "Countries", [TopTabs.Countries, TopTabs.Cities with { HideEmpty = true }]),
            new("events", "Events", [new("name", "Events", "event:name") { Metric = "events", Columns = ["events", "visitors"] }]),
        ])
    { Minutes = 30, ShowsActive = true, Keys = [] };
}
