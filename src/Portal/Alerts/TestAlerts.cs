using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Accounts;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Portal.Alerts;

/// <summary>
/// "Send a test": what the receivers of a rule would get, about the last visit it would have fired for. Its alert is of no rule, so
/// that it makes none quiet, and has a quota of its own.
/// </summary>
public sealed class TestAlerts(AnalyticsDb db, CurrentMember current, AlertMessages messages, TimeProvider time)
{
    /// <summary>Messages to receivers of any kind; a test that begins below it goes to all of its receivers.</summary>
    const int MostPerHour = 100;

    /// <param name="site">The site.</param>
    /// <param name="rule">A rule that is kept.</param>
    /// <param name="example">The last visit it would have fired for; null: a made-up one.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What has become of it, for the member.</returns>
    public async Task<string> SendAsync(AuthorizedSite site, AlertRule rule, VisitAlert? example, CancellationToken cancel)
    {
        if (!SiteRuleBook.MayChange(current.Member)) return "Only editors, admins and owners send tests";
        var now = time.GetUtcNow().UtcDateTime;
        var hour = now.AddHours(-1);
        if (await db.AlertDeliveries.CountAsync(d => d.CreatedAt > hour && db.Alerts.Any(a => a.Id == d.AlertId && a.RuleId == Alert.OfNoRule), cancel) >= MostPerHour)
            return $"{MostPerHour} test messages were sent in the last hour: try again later";
        var firing = new FiringRule(rule, AlertSettings.Read(rule.Settings), site.Domain, site.Name, site.TimeZone);
        var receivers = await AlertReceivers.ReadAsync(db, site.TenantId, [firing], int.MaxValue, now, cancel);
        var alert = Example(site, firing, example ?? MadeUp(site, now), now);
        db.Add(alert);
        db.Add(new AlertNote { TenantId = alert.TenantId, AlertId = alert.Id, At = now, What = "Sent as a test" });
        receivers.Tell(db, firing, alert, messages, now);
        await db.SaveChangesAsync(cancel);
        return db.AlertDeliveries.Local.Count is > 0 and var sent ? $"A test is on its way to {sent}" : "Nobody to send it to: choose receivers that are confirmed, and keep the rule";
    }

    static Alert Example(AuthorizedSite site, FiringRule rule, VisitAlert example, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(), TenantId = site.TenantId, SiteId = site.Id, RuleId = Alert.OfNoRule, RuleName = rule.Rule.Name, Kind = rule.Rule.Kind,
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
