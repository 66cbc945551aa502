namespace SaaS.Analytics.Traffic.Profiles;

/// <summary>A coffee shop in Germany that also sells abroad: what <c>--demo</c> shows.</summary>
public static class ShopProfile
{
    public const string Host = "shop.example.com";

    /// <summary>Makes the demo the same everywhere.</summary>
    public const ulong Seed = 2_026;

    public static TrafficProfile Create() => new()
    {
        Host = Host,
        Pages = ShopPages.All,
        Landing = new() { { "home", 0.46 }, { "category", 0.2 }, { "product", 0.22 }, { "blog", 0.12 } },
        Sources = ShopSources.All,
        Countries = ShopVisitors.Countries,
        Devices = ShopVisitors.Devices,
        Bots = ShopVisitors.Bots,
        BotShare = 0.04,
        Ads = ShopVisitors.Ads,
        Hours = [0.9, 0.5, 0.3, 0.2, 0.25, 0.6, 1.4, 2.4, 3.3, 3.9, 4.2, 4.4, 4.9, 4.6, 4.2, 4.1, 4.3, 4.7, 5.3, 6.1, 6.6, 5.8, 3.9, 2.0],
        Weekdays = [1.12, 1.08, 1.0, 0.97, 0.95, 0.88, 0.92],
        Growth = 0.35,
        Noise = 0.07,
        ConsentedShare = 0.45,
        ReturningShare = 0.34,
        AgainShare = 0.06,
    };
}
