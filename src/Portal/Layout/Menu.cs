namespace SaaS.Analytics.Portal.Layout;

/// <summary>What the left rail of a site offers, in order; a new page is one line. Only what works is in it.</summary>
public static class Menu
{
    public static readonly IReadOnlyList<MenuItem> Site =
    [
        new("Understand", "Overview", "overview", "", "g o"),
        new("Set up", "Snippet", "snippet", "/snippet", "g s"),
        new("Set up", "Ledger", "scales", "/ledger", "g l"),
        new("Set up", "Settings", "settings", "/settings", "g e"),
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
