using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.History;

/// <summary>Which history to make; the same plan gives the same events.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Profile">Who comes and what they do.</param>
/// <param name="Zone">The site's zone: its days and nights shape the curves.</param>
/// <param name="From">First moment, UTC.</param>
/// <param name="To">End, UTC: visits that are still on are cut there.</param>
/// <param name="Events">How many events; the last visit may bring a few more.</param>
public sealed record HistoryPlan(int SiteId, TrafficProfile Profile, TimeZoneInfo Zone, DateTime From, DateTime To, int Events)
{
    public ulong Seed { get; init; } = ShopProfile.Seed;
}
