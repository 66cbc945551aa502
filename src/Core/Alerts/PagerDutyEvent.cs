using System.Globalization;
using System.Text.Json;

namespace SaaS.Analytics.Alerts;

/// <summary>Bodies for PagerDuty's Events API v2. The alert's id is the key under which an incident is opened, acknowledged and resolved.</summary>
public static class PagerDutyEvent
{
    public const string Endpoint = "https://events.pagerduty.com/v2/enqueue";
    const int LongestSummary = 1024;

    internal static string Trigger(AlertNews news, string routingKey) => JsonSerializer.Serialize(new
    {
        routing_key = routingKey, event_action = "trigger", dedup_key = news.Alert.Id, client = "Analytics", client_url = news.Url,
        payload = new
        {
            summary = news.Alert.Title.Length <= LongestSummary ? news.Alert.Title : news.Alert.Title[..LongestSummary],
            source = news.Rule.Domain, severity = news.Alert.Severity, timestamp = news.Alert.OpenedAt.ToString("O", CultureInfo.InvariantCulture),
            component = news.Rule.SiteName, @class = news.Alert.Kind,
            custom_details = news.Facts.DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value),
        },
        links = (object[])[new { href = news.Url, text = news.LinkWords }],
    });

    /// <param name="alertId">Of the alert it was triggered for.</param>
    /// <param name="state">What the alert is now.</param>
    /// <param name="routingKey">Of the receiver.</param>
    /// <returns>Null for states that PagerDuty does not know.</returns>
    public static string? Follow(Guid alertId, string state, string routingKey) => state switch
    {
        AlertStates.Resolved => Follow("resolve", alertId, routingKey),
        AlertStates.Acknowledged => Follow("acknowledge", alertId, routingKey),
        _ => null,
    };

    static string Follow(string action, Guid alertId, string routingKey) =>
        JsonSerializer.Serialize(new { routing_key = routingKey, event_action = action, dedup_key = alertId });
}
