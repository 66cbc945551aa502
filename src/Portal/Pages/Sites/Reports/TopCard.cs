namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A card of the most frequent values.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Tabs">What it can be broken down by; the first is open.</param>
sealed record TopCard(string Key, string Title, IReadOnlyList<TopTab> Tabs)
{
    public TopTab Tab(string? key) => Tabs.FirstOrDefault(t => t.Key == key) ?? Tabs[0];
}
