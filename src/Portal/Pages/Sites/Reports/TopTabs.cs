namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Breakdowns that more than one page has.</summary>
static class TopTabs
{
    public static TopTab Channels { get; } = new("channel", "Channels", "visit:channel");
    public static TopTab Sources { get; } = new("source", "Sources", "visit:source");
    public static TopTab Campaigns { get; } = new("campaign", "Campaigns", "visit:utm_campaign") { HideEmpty = true };
    public static TopTab Pages { get; } = new("top", "Top pages", "event:page") { Columns = ["visitors", "pageviews", "visits", "bounce_rate", "time_on_page", "scroll_depth", "exit_rate"] };
    public static TopTab EntryPages { get; } = new("entry", "Entry pages", "visit:entry_page") { Metric = "visits", Columns = ["visits", "visitors", "bounce_rate", "visit_duration", "views_per_visit"] };
    public static TopTab ExitPages { get; } = new("exit", "Exit pages", "visit:exit_page") { Metric = "visits", Columns = ["visits", "visitors", "bounce_rate", "visit_duration", "views_per_visit"] };
    public static TopTab Countries { get; } = new("country", "Countries", "visit:country");
    public static TopTab Cities { get; } = new("city", "Cities", "visit:city");
    public static TopTab Languages { get; } = new("language", "Languages", "visit:language");
    public static TopTab Devices { get; } = new("device", "Devices", "visit:device");
    public static TopTab Browsers { get; } = new("browser", "Browsers", "visit:browser");
    public static TopTab Systems { get; } = new("os", "Systems", "visit:os");
}
