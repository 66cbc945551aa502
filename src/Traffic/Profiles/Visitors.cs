namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>A country that visitors come from.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="TimeZone">IANA zone of its visitors.</param>
/// <param name="Ahead">Hours its clocks are ahead of the site's.</param>
/// <param name="Network">A public IPv4 network there, as its first two bytes: live visitors get addresses in it.</param>
public sealed record Country(string Code, string TimeZone, int Ahead, string Network)
{
    public required Weighted<string> Languages { get; init; }

    /// <summary>ISO 3166-2 subdivision and city.</summary>
    public Weighted<(string Region, string City)> Cities { get; init; } = [];
}

/// <summary>A device with its browser.</summary>
/// <param name="Browser">Name without version.</param>
/// <param name="Os">Operating system without version.</param>
/// <param name="Type"><c>desktop</c>, <c>mobile</c>, <c>tablet</c>; <c>bot</c> for programs.</param>
/// <param name="UserAgent">The header as sent.</param>
/// <param name="Screens">Sizes in CSS pixels, <c>WxH</c>.</param>
public sealed record Device(string Browser, string Os, string Type, string UserAgent, params IReadOnlyList<string> Screens)
{
    public bool IsBot => Type == "bot";
}

/// <summary>An ad on the site.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CampaignId">The campaign it belongs to.</param>
/// <param name="ClickRate">Clicks per impression.</param>
public sealed record Ad(string Id, string CampaignId, double ClickRate);
