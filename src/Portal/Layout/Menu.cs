namespace SaaS.Analytics.Portal.Layout;

/// <summary>What the left rail of a site offers, in order; a new page is one line. Only what works is in it.</summary>
public static class Menu
{
    /// <summary>So many of the first are in a phone's bottom bar; the others are behind "More".</summary>
    public const int InBar = 4;

    public static readonly IReadOnlyList<MenuItem> Site =
    [
        new("Understand", "Overview", "overview", "", "g o") { IsReport = true },
        new("Understand", "Real time", "live", "/realtime", "g r"),
        new("Understand", "Acquisition", "sign-in", "/acquisition", "g a") { IsReport = true },
        new("Understand", "Engagement", "pages", "/engagement", "g n") { IsReport = true },
        new("Understand", "Retention", "retention", "/retention", "g i") { IsReport = true },
        new("Understand", "Demographics", "globe", "/demographics", "g d") { IsReport = true },
        new("Understand", "Technology", "screen", "/technology", "g t") { IsReport = true },
        new("Understand", "Visitors", "people", "/visitors", "g u") { IsReport = true },
        new("Understand", "Campaigns", "megaphone", "/campaigns", "g p") { IsReport = true },
        new("Understand", "Goals", "target", "/goals", "g g") { IsReport = true },
        new("Understand", "Explore", "explore", "/explore", "g x") { IsReport = true },
        new("Understand", "Events", "search", "/events", "g v"),
        new("Act", "Tags", "tags", "/tags", "g m"),
        new("Act", "Alerts", "bell", "/alerts", "g b"),
        new("Act", "E-mail reports", "mail", "/email-reports", "g w"),
        new("Set up", "Snippet", "snippet", "/snippet", "g s"),
        new("Set up", "Settings", "settings", "/settings", "g e"),
        new("Set up", "Segments", "filter", "/segments", "g f"),
        new("Set up", "Shields", "shield", "/shields", "g h"),
        new("Set up", "Channels", "channels", "/channels", "g c"),
        new("Set up", "Ledger", "scales", "/ledger", "g l"),
    ];
}

/// <param name="Group">Heading above it.</param>
/// <param name="Name">What is read.</param>
/// <param name="Icon">One of <see cref="Icon.Names"/>.</param>
/// <param name="Path">What follows <c>/sites/{domain}</c>.</param>
/// <param name="Keys">Keyboard shortcut.</param>
public sealed record MenuItem(string Group, string Name, string Icon, string Path, string Keys)
{
    /// <summary>Keeps the period and the filters of the report it is opened from.</summary>
    public bool IsReport { get; init; }

    public string Url(string domain) => $"/sites/{domain}{Path}";
}
