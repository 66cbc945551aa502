using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>Events and chunks in few words. Times are minutes after <see cref="Noon"/>.</summary>
static class TestEvents
{
    public const int Site = 7;
    public static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    public static readonly ChunkProcessor Processor = ChunkProcessor.Create();
    static readonly SiteRules Rules = new(Site, TimeSpan.FromMinutes(30), ["example.com"]);

    public static SiteRules? Sites(int siteId) => siteId == Site ? Rules : null;

    public static DateTime At(double minutes) => Noon.AddMilliseconds(Math.Round(minutes * 60_000));

    public static CollectedEvent PageView(
        double minute, string url = "https://example.com/", ulong cookieless = 11, ulong consented = 0, string userId = "",
        string referrer = "", string name = EventNames.PageView, bool interactive = true, uint engagementMs = 0,
        string title = "", KeyValuePair<string, string>[]? props = null) => new()
        {
            Id = Guid.NewGuid(),
            Name = name,
            Timestamp = At(minute),
            ClientTimestamp = At(minute),
            Url = url,
            Referrer = referrer,
            Title = title,
            Props = props ?? [],
            CookielessId = cookieless,
            ConsentedId = consented,
            UserId = userId,
            UserIdHash = userId.Length == 0 ? 0 : (ulong)userId.GetHashCode() | 1,
            Mode = consented != 0 || userId.Length > 0 ? VisitorMode.Consented : VisitorMode.Cookieless,
            Interactive = interactive,
            EngagementMs = engagementMs,
        };

    public static CollectedEvent Custom(double minute, bool interactive = true, ulong cookieless = 11) =>
        PageView(minute, name: "signup", interactive: interactive, cookieless: cookieless);

    public static CollectedEvent Engagement(double minute, uint ms = 1000, ulong cookieless = 11, ulong consented = 0) =>
        PageView(minute, name: EventNames.Engagement, engagementMs: ms, cookieless: cookieless, consented: consented);

    /// <summary>Events as a chunk, each received at its own time unless <paramref name="receivedAt"/> says otherwise.</summary>
    public static ChunkEvent[] Chunk(IEnumerable<CollectedEvent> events, double? receivedAt = null, int site = Site) =>
        [.. events.Select((e, i) => new ChunkEvent(i, site, receivedAt is { } m ? At(m) : e.Timestamp, e))];

    public static ChunkResult Process(PartitionState state, params CollectedEvent[] events) =>
        Processor.Process(Guid.CreateVersion7(), Chunk(events), state, Sites, version: 1);

    public static ChunkResult Process(params CollectedEvent[] events) => Process(new PartitionState(), events);

    public static EventRow Row(CollectedEvent e) => Assert.Single(Process(e).Events);
}
