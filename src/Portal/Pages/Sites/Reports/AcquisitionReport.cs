namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Where visits come from.</summary>
static class AcquisitionReport
{
    public static Report Page { get; } = new("/acquisition", "Acquisition",
        ["visitors", "visits", "new_visitors", "views_per_visit", "bounce_rate", "visit_duration"],
        [
            new("channels", "Channels", [TopTabs.Channels, new("category", "Kinds of source", "visit:source_category") { HideEmpty = true }]),
            new("sources", "Sources", [TopTabs.Sources, new("referrer", "Referrers", "visit:referrer") { HideEmpty = true }]),
            new("campaigns", "Campaigns",
            [
                TopTabs.Campaigns,
                new("utm_source", "Source", "visit:utm_source") { HideEmpty = true },
                new("utm_medium", "Medium", "visit:utm_medium") { HideEmpty = true },
                new("utm_term", "Term", "visit:utm_term") { HideEmpty = true },
                new("utm_content", "Content", "visit:utm_content") { HideEmpty = true },
            ]),
            new("landing", "Landing pages", [TopTabs.EntryPages, new("host", "Hosts", "visit:entry_page_hostname") { HideEmpty = true }]),
        ]);
}
