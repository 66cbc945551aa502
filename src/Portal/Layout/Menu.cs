namespace SaaS.Analytics.Portal.Layout;

/// <summary>What the left rail of a site offers, in order; a new page is one line. Only what works is in it.</summary>
public static class Menu
{
    /// <summary>So many of the first are in a phone's bottom bar; the others are behind "More".</summary>
    public const int InBar = 3;

    public static readonly IReadOnlyList<MenuItem> Site =
    [
        new("Understand", "Overview", "overview", "", "g o"),
        new("Set up", "Snippet", "snippet", "/snippet", "g s"),
        new("Set up", "Settings", "settings", "/settings", "g e"),
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
    public string Url(string domain) => $"/sites/{domain}{Path}";
}
