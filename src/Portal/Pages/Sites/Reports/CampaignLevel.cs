using SaaS.Analytics.Ads;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>A step of the way down from campaigns to contents.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Name">What is read.</param>
/// <param name="Dimension">What its rows are.</param>
/// <param name="Of">The same of a cost.</param>
sealed record CampaignLevel(string Key, string Name, string Dimension, Func<AdCost, string>? Of)
{
    /// <summary>In the order in which one looks deeper.</summary>
    public static IReadOnlyList<CampaignLevel> All { get; } =
    [
        new("campaign", "Campaign", "visit:utm_campaign", c => c.Campaign),
        new("source", "Source", "visit:utm_source", c => c.Source),
        new("medium", "Medium", "visit:utm_medium", c => c.Medium),
        new("content", "Content", "visit:utm_content", c => c.Content),
        new("term", "Term", "visit:utm_term", null),
    ];

    public static CampaignLevel Find(string? key) => All.FirstOrDefault(l => l.Key == key) ?? All[0];

    /// <summary>What a row opens: the first level that is not filtered by yet.</summary>
    public static CampaignLevel Next(ReportState state, CampaignLevel level) =>
        All.FirstOrDefault(l => l != level && state.Filters.All(f => f.Match.Dimension.Key != l.Dimension)) ?? level;
}
