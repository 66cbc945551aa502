using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Alerts;

/// <summary>What an alert says, as a mail and as the body of a webhook.</summary>
public sealed class AlertMessages(IOptions<PortalAddress> portal)
{
    static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web);

    public OutboxMail Mail(FiringRule rule, Alert alert, AlertReceiver receiver, Guid deliveryId, DateTime now)
    {
        var letter = new Letter(alert.Title).Title(alert.Title);
        if (alert.VisitId != 0) AboutVisit(letter, JsonSerializer.Deserialize<VisitAlert>(alert.Facts)!, rule.TimeZone);
        else AboutNumber(letter, JsonSerializer.Deserialize<MetricReading>(alert.Facts)!, rule);
        return letter.Link(alert.VisitId != 0 ? "Open the visit" : "Open the alert", Url(rule, alert))
            .Stop($"You get this because the rule “{rule.Rule.Name}” of {rule.Domain} tells you.",
                portal.Value.Absolute($"/alerts/stop?token={receiver.Target.Token}&rule={rule.Rule.Id}"))
            .To(receiver.Address, now, alert.TenantId, deliveryId);
    }

    /// <summary>Public contract of webhooks, described in docs/alerts.md: members are added, never changed.</summary>
    public string Body(FiringRule rule, Alert alert) => JsonSerializer.Serialize(new
    {
        id = alert.Id, type = "alert.opened", at = alert.OpenedAt, title = alert.Title, severity = alert.Severity, url = Url(rule, alert),
        site = new { domain = rule.Domain, name = rule.SiteName },
        rule = new { id = rule.Rule.Id, name = rule.Rule.Name, kind = rule.Rule.Kind },
        visit = alert.VisitId == 0 ? null : Visit(JsonSerializer.Deserialize<VisitAlert>(alert.Facts)!),
        reading = alert.VisitId == 0 ? JsonSerializer.Deserialize<MetricReading>(alert.Facts) : null,
    }, Shape);

    string Url(FiringRule rule, Alert alert) => portal.Value.Absolute(alert.VisitId == 0
        ? $"/alerts/{alert.Id}" : $"/sites/{rule.Domain}/visits/{(ulong)alert.VisitId:x16}?alert={alert.Id}");

    static object Visit(VisitAlert alert) => new
    {
        id = $"{alert.Visit.VisitId:x16}", visitor = $"{alert.Visit.VisitorId:x16}", number = alert.Visit.Number, start = alert.Visit.Start,
        previous_end = alert.Visit.PreviousEnd, first_seen = alert.Visit.FirstSeen, user_id = alert.Visit.UserId, verified = alert.Visit.Verified,
        traits = alert.Visit.Traits.ToDictionary(t => t.Key, t => t.Value), page = alert.Visit.Page, source = alert.Visit.Source,
        channel = alert.Visit.Channel, campaign = alert.Visit.Campaign, country = alert.Visit.Country, city = alert.Visit.City,
        @event = alert.EventName, event_page = alert.EventPage,
    };

    static void AboutVisit(Letter letter, VisitAlert alert, string zone)
    {
        var visit = alert.Visit;
        letter.Facts(
        [
            ("Who", AlertWords.Who(visit)),
            ("Identity", AlertWords.Trust(visit)),
            ("User id", ForeignText.Of(visit.UserId)),
            .. visit.Traits.Where(t => t.Key != "name").Select(t => (ForeignText.Of(t.Key, 30), ForeignText.Of(t.Value))),
            ("Event", alert.EventName is "pageview" or "identify" ? "" : ForeignText.Of(alert.EventName)),
            ("Page", ForeignText.Of(alert.EventPage.Length > 0 ? alert.EventPage : visit.Page)),
            ("Campaign", ForeignText.Of(visit.Campaign)),
            ("Source", ForeignText.Of(string.Join(" · ", ((string[])[visit.Source, visit.Channel]).Where(t => t.Length > 0)))),
            ("From", ForeignText.Of(string.Join(", ", ((string[])[visit.City, visit.Country]).Where(t => t.Length > 0)))),
            ("Device", ForeignText.Of(visit.Device)),
            ("Away for", visit.Away is { } away ? AlertWords.Span(away) : ""),
            ("Visit", string.Create(CultureInfo.InvariantCulture, $"number {visit.Number}, the first was on {Local(visit.FirstSeen, zone):d MMM yyyy}")),
            ("At", $"{Local(alert.At, zone):d MMM yyyy, HH:mm:ss} ({zone})"),
        ]);
        if (alert.Visits.Count == 0) return;
        letter.Say("Visits before:").Facts(alert.Visits.Select(p => (
            Local(p.Start, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{ForeignText.Of(p.Page)}{(p.Source.Length > 0 ? " from " + ForeignText.Of(p.Source) : "")}, {p.Pageviews} page views"))));
    }

    static void AboutNumber(Letter letter, MetricReading reading, FiringRule rule) => letter.Facts(
    [
        ("Site", rule.Domain),
        ("Now", reading.Value.ToString("0.##", CultureInfo.InvariantCulture)),
        ("Just before", reading.Before?.ToString("0.##", CultureInfo.InvariantCulture) ?? ""),
        ("From", $"{Local(reading.From, rule.TimeZone):d MMM yyyy, HH:mm}"),
        ("To", $"{Local(reading.To, rule.TimeZone):d MMM yyyy, HH:mm} ({rule.TimeZone})"),
    ]);

    static DateTime Local(DateTime utc, string zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc);
}
