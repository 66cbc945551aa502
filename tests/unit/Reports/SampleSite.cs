using System.Text.Json;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

static class SampleSite
{
    static readonly Guid Tenant = Guid.CreateVersion7();

    public static AuthorizedSite New(int id, string zone = "Europe/Berlin", int bounceSeconds = 10)
    {
        var site = new Site
        {
            Id = id, TenantId = Tenant, TrackingId = TrackingId.New(), Domain = "example.com", Name = "Example",
            TimeZone = zone, BounceSeconds = bounceSeconds, CreatedAt = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        var member = new Member { TenantId = Tenant, UserId = Guid.NewGuid(), Role = MemberRole.Viewer, CreatedAt = site.CreatedAt };
        return AuthorizedSite.For(member, site)!;
    }

    public static ReportQuery Query(this AuthorizedSite site, string json, DateTime now) =>
        QueryParser.Parse(JsonDocument.Parse(json).RootElement, site, now);
}
