using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.Profiles;

namespace SaaS.Analytics.Traffic.Visits;

/// <summary>Writes the events of one person as they leave the collector.</summary>
sealed class EventWriter(int siteId, TrafficProfile profile, Person person, Dice dice)
{
    static readonly KeyValuePair<string, string>[] NoProps = [];
    readonly ulong consentedId = person.Consented ? VisitorHashes.Consented(siteId, person.VisitorId) : 0;
    Page page = new("", "");
    Guid pageView;

    public string Url { get; private set; } = "";

    public void Open(Page opened, string url)
    {
        page = opened;
        Url = url;
        pageView = dice.Uuid();
    }

    public CollectedEvent PageView(DateTime at, string referrer) =>
        Write(EventNames.PageView, at, new() { Id = pageView, Referrer = referrer });

    public CollectedEvent Engagement(DateTime at, uint milliseconds, byte scrollDepth) =>
        Write(EventNames.Engagement, at, new() { Milliseconds = milliseconds, Scroll = scrollDepth, PageView = pageView });

    public CollectedEvent Ad(string name, DateTime at, Ad ad, string placement) =>
        Write(name, at, new() { Ad = ad, Placement = placement });

    public CollectedEvent Action(DateTime at, PageAction action, decimal? revenue) => Write(action.Name, at, new()
    {
        Props = action.Values.Count == 0 ? NoProps : [new(action.Prop, action.Values.Pick(dice))],
        Revenue = revenue,
        Passive = !action.Interactive,
    });

    CollectedEvent Write(string name, DateTime at, Detail detail) => new()
    {
        Id = detail.Id == Guid.Empty ? dice.Uuid() : detail.Id,
        Name = name,
        Timestamp = at,
        ClientTimestamp = at,
        SentAt = at,
        Url = Url,
        Title = page.Title,
        Referrer = detail.Referrer ?? "",
        Mode = person.Consented ? VisitorMode.Consented : VisitorMode.Cookieless,
        ConsentedId = consentedId,
        CookielessId = VisitorHashes.Cookieless(person, at),
        CookielessIdYesterday = VisitorHashes.Cookieless(person, at.AddDays(-1)),
        Props = detail.Props ?? NoProps,
        Revenue = detail.Revenue,
        Currency = detail.Revenue is null ? "" : profile.Currency,
        Interactive = !detail.Passive,
        EngagementMs = detail.Milliseconds,
        ScrollDepth = detail.Scroll,
        PageViewId = detail.PageView,
        AdId = detail.Ad?.Id ?? "",
        AdCampaignId = detail.Ad?.CampaignId ?? "",
        AdPlacement = detail.Placement ?? "",
        Language = person.Language,
        Screen = person.Screen,
        TimeZone = person.Country.TimeZone,
        Consent = person.Consented ? "analytics" : "",
        UserAgent = person.Device.UserAgent,
        Country = person.Country.Code,
        Region = person.Region,
        City = person.City,
    };

    readonly record struct Detail
    {
        public Guid Id { get; init; }
        public string? Referrer { get; init; }
        public KeyValuePair<string, string>[]? Props { get; init; }
        public decimal? Revenue { get; init; }
        public bool Passive { get; init; }
        public uint Milliseconds { get; init; }
        public byte Scroll { get; init; }
        public Guid PageView { get; init; }
        public Ad? Ad { get; init; }
        public string? Placement { get; init; }
    }
}
