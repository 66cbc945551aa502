using System.Text.Json.Nodes;
using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Traffic.Live;

/// <summary>A request to <c>POST /v1/batch</c> as the tracker in a browser sends it.</summary>
static class Beacon
{
    public static HttpRequestMessage Request(LiveTarget target, Visit visit, IEnumerable<CollectedEvent> events, DateTime now)
    {
        var body = new JsonObject
        {
            ["writeKey"] = target.TrackingId,
            ["sentAt"] = Time(now),
            ["batch"] = new JsonArray([.. events.Select(e => Event(e, visit.Person))]),
        };
        // A string body is text/plain: browsers send no preflight for it.
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.Collector, "/v1/batch"))
        {
            Content = new StringContent(body.ToJsonString()),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", visit.Person.Device.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept-Language", visit.Person.Language);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", visit.Person.Address);
        return request;
    }

    static JsonObject Event(CollectedEvent e, Person person)
    {
        var json = new JsonObject
        {
            ["id"] = e.Id,
            ["name"] = e.Name,
            ["timestamp"] = Time(e.Timestamp),
            ["url"] = e.Url,
            ["props"] = Props(e),
            ["context"] = Context(e),
        };
        if (e.Referrer.Length > 0) json["referrer"] = e.Referrer;
        if (person.Consented) json["visitorId"] = person.VisitorId;
        if (!e.Interactive) json["interactive"] = false;
        if (e.Revenue is { } amount) json["revenue"] = new JsonObject { ["amount"] = amount, ["currency"] = e.Currency };
        return json;
    }

    static JsonObject Props(CollectedEvent e) => e.Name switch
    {
        EventNames.Engagement => new()
        {
            ["engagement_ms"] = e.EngagementMs, ["scroll_depth"] = e.ScrollDepth, ["pageview_id"] = e.PageViewId,
        },
        EventNames.AdImpression or EventNames.AdClick => new()
        {
            ["ad_id"] = e.AdId, ["campaign_id"] = e.AdCampaignId, ["placement"] = e.AdPlacement,
        },
        _ => new(e.Props.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
    };

    static JsonObject Context(CollectedEvent e)
    {
        var context = new JsonObject { ["title"] = e.Title, ["language"] = e.Language, ["screen"] = e.Screen, ["timezone"] = e.TimeZone };
        if (e.Consent.Length > 0) context["consent"] = new JsonObject { [e.Consent] = true };
        return context;
    }

    static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
