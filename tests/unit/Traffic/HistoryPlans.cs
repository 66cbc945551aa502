using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Tests.Traffic;

static class HistoryPlans
{
    public static readonly DateTime To = new(2026, 11, 20, 15, 30, 0, DateTimeKind.Utc);

    public const int SiteId = 7;

    public static HistoryPlan Shop(int events, int days = 90) => new(
        SiteId, ShopProfile.Create(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), To.AddDays(-days), To, events);
}
