namespace SaaS.Analytics.Portal.Pages.Sites.Overview;

/// <summary>A card of the most frequent values; a new one is a line here.</summary>
sealed record TopCard(string Key, string Title, IReadOnlyList<TopTab> Tabs)
{
    public static IReadOnlyList<TopCard> All { get; } =
    [
        new("sources", "Sources", [new("channel", "Channels", "visit:channel"), new("source", "Sources", "visit:source"), new("campaign", "Campaigns", "visit:utm_campaign", HideEmpty: true)]),
        new("pages", "Pages", [new("top", "Top pages", "event:page"), new("entry", "Entry pages", "visit:entry_page"), new("exit", "Exit pages", "visit:exit_page")]),
        new("countries", "Countries", [new("country", "Countries", "visit:country"), new("city", "Cities", "visit:city"), new("language", "Languages", "visit:language")]),
        new("devices", "Devices", [new("device", "Devices", "visit:device"), new("browser", "Browsers", "visit:browser"), new("os", "Systems", "visit:os")]),
    ];

    public static TopCard? Find(string? key) => All.FirstOrDefault(c => c.Key == key);

    public TopTab Tab(string? key) => Tabs.FirstOrDefault(t => t.Key == key) ?? Tabs[0];
}

/// <param name="Key">In the address.</param>
/// <param name="Name">What is read.</param>
/// <param name="Dimension">What its rows are.</param>
/// <param name="HideEmpty">Rows without a value say nothing here.</param>
sealed record TopTab(string Key, string Name, string Dimension, bool HideEmpty = false);
