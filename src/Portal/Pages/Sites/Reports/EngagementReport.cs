using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>What visitors do: pages, events, links, files, dead ends.</summary>
static class EngagementReport
{
    /// <summary>Names that the script gives by itself.</summary>
    const string Outbound = "Outbound Link";
    const string Download = "File Download";
    const string NotFound = "404";

    static readonly string[] EventColumns = ["visitors", "events", "visits"];

    public static Report Page { get; } = new("/engagement", "Engagement",
        ["pageviews", "events", "views_per_visit", "engagement_time", "time_on_page", "scroll_depth"],
        [
            new("pages", "Pages", [TopTabs.Pages, TopTabs.EntryPages, TopTabs.ExitPages, new("title", "Titles", "event:title") { HideEmpty = true, Columns = ["visitors", "pageviews", "visits"] }]),
            new("events", "Custom events", [new("name", "Events", "event:name") { Where = [Custom], Metric = "events", Columns = ["events", "visitors", "visits"], Nothing = "No custom event in this period. Send one with analytics.track(\"Name\")." }]),
            new("links", "Links and files",
            [
                Url("outbound", "Outbound links", Outbound, "No outbound link was clicked in this period."),
                Url("downloads", "Downloads", Download, "No file was downloaded in this period."),
            ]),
            new("errors", "Not found",
            [
                new("path", "Pages", "event:page") { Where = [Match.Is("event:name", NotFound)], Metric = "events", Columns = EventColumns, Nothing = "No missing page was asked for. Pages answered with 404 are counted when the site's settings say so." },
                new("from", "Came from", "visit:referrer") { Where = [Match.Is("event:name", NotFound)], Metric = "events", Columns = EventColumns, Nothing = "No missing page was asked for." },
            ]),
        ]);

    static Match Custom => Match.Is("event:name",
        EventNames.PageView, EventNames.ScreenView, EventNames.Engagement, EventNames.Identify, EventNames.AdImpression, EventNames.AdClick) with { Negated = true };

    static TopTab Url(string key, string name, string about, string nothing) => new(key, name, "event:props:url")
    {
        HideEmpty = true, Where = [Match.Is("event:name", about)], Metric = "events", Columns = EventColumns, Nothing = nothing,
    };
}
