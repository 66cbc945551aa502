using System.Text.Json;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Alerts;

/// <summary>What an alert says, as a mail and as the bodies of webhooks.</summary>
public sealed class AlertMessages(IOptions<PortalAddress> portal)
{
    static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web);

    public OutboxMail Mail(FiringRule rule, Alert alert, AlertReceiver receiver, Guid deliveryId, DateTime now)
    {
        var news = News(rule, alert);
        var letter = new Letter(alert.Title).Title(alert.Title).Facts(news.Facts);
        if (alert.VisitId != 0 && AlertFacts.Before(OfVisit(alert), rule.TimeZone) is { Count: > 0 } before) letter.Say("Visits before:").Facts(before);
        return letter.Link(news.LinkWords, news.Url)
            .Stop($"You get this because the rule “{rule.Rule.Name}” of {rule.Domain} tells you.",
                portal.Value.Absolute($"/alerts/stop?token={receiver.Target.Token}&rule={rule.Rule.Id}"))
            .To(receiver.Address, now, alert.TenantId, deliveryId);
    }

    /// <summary>What is posted to a receiver that is no mail address, in its own language.</summary>
    public string Body(FiringRule rule, Alert alert, AlertTarget target) => target.Kind switch
    {
        TargetKinds.Slack => SlackMessage.Of(News(rule, alert)),
        TargetKinds.Teams => TeamsMessage.Of(News(rule, alert)),
        TargetKinds.PagerDuty => PagerDutyEvent.Trigger(News(rule, alert), target.Secret),
        _ => Body(rule, alert),
    };

    /// <summary>Public contract of webhooks, described in docs/alerts.md: members are added, never changed.</summary>
    string Body(FiringRule rule, Alert alert) => JsonSerializer.Serialize(new
    {
        id = alert.Id, type = "alert.opened", at = alert.OpenedAt, title = alert.Title, severity = alert.Severity, url = Url(rule, alert),
        site = new { domain = rule.Domain, name = rule.SiteName },
        rule = new { id = rule.Rule.Id, name = rule.Rule.Name, kind = rule.Rule.Kind },
        visit = alert.VisitId == 0 ? null : Visit(OfVisit(alert)),
        reading = alert.VisitId == 0 ? JsonSerializer.Deserialize<MetricReading>(alert.Facts) : null,
    }, Shape);

    AlertNews News(FiringRule rule, Alert alert) => new(rule, alert, Url(rule, alert), AlertFacts.Of(alert, rule.Domain, rule.TimeZone));

    string Url(FiringRule rule, Alert alert) => portal.Value.Absolute(alert.VisitId == 0
        ? $"/alerts/{alert.Id}" : $"/sites/{rule.Domain}/visits/{(ulong)alert.VisitId:x16}?alert={alert.Id}");

    static VisitAlert OfVisit(Alert alert) => JsonSerializer.Deserialize<VisitAlert>(alert.Facts)!;

    static object Visit(VisitAlert alert) => new
    {
        id = $"{alert.Visit.VisitId:x16}", visitor = $"{alert.Visit.VisitorId:x16}", number = alert.Visit.Number, start = alert.Visit.Start,
        previous_end = alert.Visit.PreviousEnd, first_seen = alert.Visit.FirstSeen, user_id = alert.Visit.UserId, verified = alert.Visit.Verified,
        traits = alert.Visit.Traits.ToDictionary(t => t.Key, t => t.Value), page = alert.Visit.Page, source = alert.Visit.Source,
        channel = alert.Visit.Channel, campaign = alert.Visit.Campaign, country = alert.Visit.Country, city = alert.Visit.City,
        @event = alert.EventName, event_page = alert.EventPage, more_visits = alert.More,
    };
}
