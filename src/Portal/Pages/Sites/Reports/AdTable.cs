using SaaS.Analytics.Reports;

namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Ads by the rules of counting.</summary>
sealed record AdTable(ReportResult Result)
{
    public static IReadOnlyList<string> Metrics { get; } = ["impressions", "unique_monthly_visitors", "ad_hits", "clickers", "clicks", "ctr"];

    /// <summary>Names that nobody confuses, each with what it means.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Columns { get; } =
    [
        ("Impressions", "How often the ad was shown."),
        ("Unique monthly visitors", "Visitors who saw the ad, each once a calendar month; of those who agreed to be recognised."),
        ("Raw hits", "Every click that was sent, counted or not."),
        ("Counted clickers", "Visitors with three hits or more on the ad in a calendar month."),
        ("Counted hits", "All hits of the counted clickers."),
        ("CTR", "Counted hits of impressions."),
    ];
}
