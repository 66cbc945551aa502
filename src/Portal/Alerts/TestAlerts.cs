using System.Text.Json;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>"Send a test": what the receivers of a rule would get, about the last visit it would have fired for.</summary>
public sealed class TestAlerts(AnalyticsDb db, AlertMessages messages, TimeProvider time)
{
    const int TestsPerHour = 20;

    /// <param name="site">The site.</param>
    /// <param name="rule">A rule that is kept.</param>
    /// <param name="example">The last visit it would have fired for; null: a made-up one.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>To how many it goes.</returns>
    public async Task<int> SendAsync(AuthorizedSite site, AlertRule rule, VisitAlert? example, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var firing = new FiringRule(rule, AlertSettings.Read(rule.Settings), site.Domain, site.Name, site.TimeZone);
        var receivers = await AlertReceivers.ReadAsync(db, site.TenantId, [firing], TestsPerHour, now, cancel);
        var alert = Example(site, firing, example ?? MadeUp(site, now), now);
        db.Add(alert);
        db.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = now, What = "Sent as a test" });
        receivers.Tell(db, firing, alert, messages, now);
        await db.SaveChangesAsync(cancel);
        return db.AlertDeliveries.Local.Count(d => d.FailedAt is null);
    }

    static Alert Example(AuthorizedSite site, FiringRule rule, VisitAlert example, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, RuleId = rule.Rule.Id, RuleName = rule.Rule.Name, Kind = rule.Rule.Kind,
        Severity = rule.Severity, State = AlertStates.Resolved, OpenedAt = now, ChangedAt = now,
        Title = StoredText.Of("Test: " + (rule.IsOfVisits ? AlertWords.Title(rule.Rule.Kind, example, site.Name) : rule.Rule.Name), 400),
        Facts = rule.IsOfVisits ? StoredText.Json(JsonSerializer.Serialize(example)) : JsonSerializer.Serialize(new MetricReading(0, null, now, now)),
        VisitId = rule.IsOfVisits ? (long)example.Visit.VisitId : 0,
    };

    static VisitAlert MadeUp(AuthorizedSite site, DateTime now) => new([], new VisitFacts
    {
        SiteId = site.Id, VisitId = 1, VisitorId = 1, Start = now, Number = 4, PreviousEnd = now.AddDays(-9), FirstSeen = now.AddDays(-40), IsConsented = true,
        UserId = "an example", Host = site.Domain, Page = "/", Source = "Google", Channel = "Organic Search", Country = "DE",
    }, "pageview", "/", now, now);
}
