namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>Where visits come from, as a browser tells it.</summary>
/// <param name="Name">The name a report should show for it; <c>Direct / None</c> where there is none.</param>
/// <param name="Weight">Among the other sources.</param>
/// <param name="Referrer">The document's referrer; empty for none.</param>
/// <param name="Query">What the landing page's URL carries, without the question mark.</param>
public sealed record TrafficSource(string Name, double Weight, string Referrer = "", string Query = "")
{
    /// <summary>Kind of the first page; null leaves it to the profile.</summary>
    public Weighted<string>? Landing { get; init; }

    /// <summary>Share of the visitors who leave the first page within seconds.</summary>
    public double BounceChance { get; init; }

    /// <summary>Only on these days; null: always.</summary>
    public CampaignDays? Days { get; init; }

    public bool IsCampaign => Query.Contains("utm_campaign=", StringComparison.Ordinal);
}

/// <summary>When a campaign runs.</summary>
/// <param name="FirstDaysAgo">First day, counted back from the end of the history.</param>
/// <param name="LastDaysAgo">Last day, counted back likewise; negative for one that is still on.</param>
/// <param name="Weekday">Only on this day of the week; null: each.</param>
public sealed record CampaignDays(int FirstDaysAgo, int LastDaysAgo, DayOfWeek? Weekday = null)
{
    public bool Runs(int daysAgo, DayOfWeek weekday) =>
        daysAgo <= FirstDaysAgo && daysAgo >= LastDaysAgo && (Weekday is null || Weekday == weekday);
}
