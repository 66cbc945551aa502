using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>Random visits of random visitors, with everything that makes counting hard: midnights, bots, engagement, empty values.</summary>
sealed class RandomTraffic
{
    static readonly string[] Pages = ["/", "/pricing", "/docs", "/docs/a", "/blog", "/it's \"odd\"\\", "/büro"];
    static readonly string[] Sources = ["Google", "Bing", "", "Newsletter", "O'Reilly"];
    static readonly string[] Countries = ["DE", "US", "NP", ""];
    static readonly string[] Names = ["pageview", "pageview", "pageview", "engagement", "Signup", "ad_click", "ad_click", "ad_impression", "screenview"];

    readonly Random random;
    readonly int siteId;

    public RandomTraffic(int seed, int siteId, DateTime from, DateTime to, int visits)
    {
        (random, this.siteId) = (new Random(seed), siteId);
        for (var i = 0; i < visits; i++)
            AddVisit((ulong)random.Next(1, visits / 2), from.AddMilliseconds(random.NextDouble() * (to - from).TotalMilliseconds));
    }

    public List<EventRow> Events { get; } = [];
    public List<VisitRow> Visits { get; } = [];

    void AddVisit(ulong visitor, DateTime start)
    {
        start = new DateTime(start.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        var first = Guid.NewGuid();
        var visitId = VisitId.Of(siteId, first);
        var bot = random.Next(10) == 0 ? (byte)90 : (byte)0;
        var at = start;
        var events = new List<EventRow>();
        for (var i = random.Next(1, 6); i > 0; i--, at = at.AddMilliseconds(random.Next(1, 1_000_000)))
            events.Add(Event(events.Count == 0 ? first : Guid.NewGuid(), at, visitor, visitId, bot, events.Count == 0 ? "pageview" : Pick(Names)));
        Events.AddRange(events);
        Visits.Add(Visit(visitor, visitId, events, bot));
    }

    EventRow Event(Guid id, DateTime at, ulong visitor, ulong visit, byte bot, string name) => new()
    {
        SiteId = siteId, EventId = id, Timestamp = at, ClientTimestamp = at, ReceivedAt = at.AddSeconds(1), ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = visitor, VisitId = visit, Name = name, Hostname = random.Next(5) == 0 ? "www.example.com" : "example.com",
        Path = Pick(Pages), BotScore = bot, EngagementMs = name == EventNames.Engagement ? (uint)random.Next(1, 15_000) : 0,
        Props = [new("plan", Pick(["free", "pro"]))],
        VisitorMode = ModeOf(visitor), ScrollDepth = name == EventNames.Engagement ? (byte)random.Next(0, 101) : (byte)0,
        Revenue = name == "Signup" && random.Next(2) == 0 ? random.Next(-500, 10_000) / 100m : null, Currency = name == "Signup" ? "EUR" : "",
        AdId = name.StartsWith("ad_", StringComparison.Ordinal) ? Pick(["a1", "a2"]) : "",
    };

    VisitRow Visit(ulong visitor, ulong visit, List<EventRow> events, byte bot) => new()
    {
        SiteId = siteId, VisitorId = visitor, VisitId = visit, Version = 1, FirstReceivedAt = events[0].ReceivedAt,
        Start = events[0].Timestamp, End = events[^1].Timestamp, VisitNumber = (uint)random.Next(1, 3), BotScore = bot,
        Pageviews = (uint)events.Count(e => EventNames.IsPageView(e.Name)),
        InteractiveEvents = (uint)events.Count(e => EventNames.IsCustom(e.Name)),
        EngagementMs = (ulong)events.Sum(e => e.EngagementMs),
        EntryPath = events[0].Path, EntryHostname = events[0].Hostname, ExitPath = events[^1].Path,
        Source = Pick(Sources), Channel = Pick(["Direct", "Organic Search"]), UtmCampaign = Pick(["", "spring"]), Country = Pick(Countries),
        Browser = Pick(["Chrome", "Firefox"]), Os = Pick(["Windows", "macOS"]), DeviceType = Pick(["desktop", "mobile"]), Language = "de",
        VisitorMode = ModeOf(visitor), ExitHostname = events[^1].Hostname,
    };

    /// <summary>A visitor never changes it.</summary>
    static VisitorMode ModeOf(ulong visitor) => visitor % 3 == 0 ? VisitorMode.Cookieless : VisitorMode.Consented;

    string Pick(string[] from) => from[random.Next(from.Length)];
}
