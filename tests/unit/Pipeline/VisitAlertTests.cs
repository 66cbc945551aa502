using SaaS.Analytics.Alerts;
using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public sealed class VisitAlertTests
{
    static readonly Guid Back = Guid.NewGuid(), Known = Guid.NewGuid(), Read = Guid.NewGuid(), Bought = Guid.NewGuid();

    readonly SiteRules rules = new(Site, TimeSpan.FromMinutes(30), ["example.com"])
    {
        Alerts = new SiteAlerts(
        [
            (Back, "returning", Settings(("away", "2"), ("away_unit", "hours"))),
            (Known, "returning", Settings(("who", "user"), ("who_value", "ada"), ("away", "1"), ("away_unit", "hours"))),
            (Read, "returning", Settings(("away", "1"), ("away_unit", "hours"), ("page_seen", "/docs/**"))),
            (Bought, "event", Settings(("event", "signup"), ("page", "/buy"))),
        ], "UTC"),
    };

    PartitionState state = new();
    ulong version;

    [Fact]
    public void A_first_visit_says_nothing_and_the_return_after_long_enough_fires_once()
    {
        Assert.Empty(Take(PageView(0, consented: 5), PageView(1, consented: 5)).Alerts);
        Assert.Empty(Take(PageView(60, consented: 5)).Alerts);
        var alert = Assert.Single(Take(PageView(60 + 121, "https://example.com/p?utm_campaign=spring", consented: 5), PageView(182, consented: 5)).Alerts);
        Assert.Equal([Back], alert.RuleIds);
        Assert.Equal((3u, "/p", "spring", At(60), At(0)), (alert.Visit.Number, alert.Visit.Page, alert.Visit.Campaign, alert.Visit.PreviousEnd, alert.Visit.FirstSeen));
        Assert.Empty(Take(PageView(183, consented: 5)).Alerts);
    }

    [Fact]
    public void Identify_in_the_middle_of_a_cookieless_visit_fires_for_the_user_it_turns_out_to_be()
    {
        Take(PageView(0, cookieless: 1, userId: "ada"));
        Assert.Empty(Take(PageView(200, cookieless: 2)).Alerts);
        var alert = Assert.Single(Take(PageView(201, cookieless: 2, userId: "ada", name: EventNames.Identify)).Alerts);
        Assert.Equal(new[] { Back, Known }.Order(), alert.RuleIds.Order());
        Assert.Equal(("ada", 2u, false), (alert.Visit.UserId, alert.Visit.Number, alert.Visit.Verified));
    }

    [Fact]
    public void A_page_that_somebody_who_is_back_opens_later_fires_when_it_is_opened_and_once()
    {
        Assert.Empty(Take(PageView(0, "https://example.com/docs/a", consented: 5)).Alerts);
        Assert.Empty(Take(PageView(100, "https://example.com/", consented: 5), PageView(101, "https://example.com/docs", consented: 5)).Alerts);
        var alert = Assert.Single(Take(PageView(102, "https://example.com/docs/a", consented: 5), PageView(103, "https://example.com/docs/b", consented: 5)).Alerts);
        Assert.Equal([Read], alert.RuleIds);
        Assert.Equal(("/docs/a", At(102), 2u), (alert.EventPage, alert.At, alert.Visit.Number));
    }

    [Fact]
    public void An_event_fires_for_each_visit_once()
    {
        var result = Take(PageView(0, consented: 1), PageView(1, "https://example.com/buy", name: "signup", consented: 1),
            PageView(2, "https://example.com/buy", name: "signup", consented: 1), PageView(3, "https://example.com/buy", name: "signup", consented: 2));
        Assert.Equal(2, result.Alerts.Count);
        Assert.All(result.Alerts, a => Assert.Equal([Bought], a.RuleIds));
        Assert.Equal(2, result.Alerts.Select(a => a.Visit.VisitId).Distinct().Count());
    }

    [Fact]
    public void What_is_told_long_after_it_happened_and_what_bots_do_is_no_alert()
    {
        Take(PageView(0, consented: 5));
        Assert.Empty(Process(Guid.NewGuid(), Chunk([PageView(200, consented: 5)], receivedAt: 231), null).Alerts);
        state = new PartitionState();
        Take(PageView(0, consented: 5));
        var bot = new CollectedEvent
        {
            Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = At(200), ClientTimestamp = At(200), Url = "https://example.com/", ConsentedId = 5,
            Mode = VisitorMode.Consented, UserAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        };
        Assert.Empty(Take(bot).Alerts);
    }

    [Fact]
    public void A_flood_of_one_rule_ends_at_a_fixed_number_for_a_chunk_and_says_how_many_more_there_were()
    {
        var many = Enumerable.Range(1, 50).Select(v => PageView(1, "https://example.com/buy", name: "signup", consented: (ulong)v)).ToArray();
        var alerts = Take(many).Alerts;
        Assert.Equal([.. Enumerable.Repeat(0, 20), 29], alerts.Select(a => a.More));
        Assert.Equal(21, alerts.Select(a => a.Visit.VisitId).Distinct().Count());
        Assert.EndsWith(": signup on Shop, and 29 more visits", AlertWords.Title("event", alerts[^1], "Shop"));
    }

    /// <summary>The worker died after its inserts, or between two of them; another one gets the chunk again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chunk_that_comes_again_says_the_same(bool snapshotsStored)
    {
        var first = Take(PageView(0, consented: 5, userId: "ada"));
        var (id, events) = (Guid.NewGuid(), Chunk([PageView(200, consented: 5, userId: "ada"), PageView(201, "https://example.com/buy", name: "signup", consented: 5)]));
        var once = Process(id, events, null);
        Assert.Equal(2, once.Alerts.Count);
        state = new PartitionState();
        state.Learn([], (snapshotsStored ? once : first).Visitors);
        var back = new ReadBack(once.Events, once.Events, snapshotsStored ? once.Visits : [])
        {
            PreviousEnds = new Dictionary<(int, ulong), DateTime> { [(Site, once.Events[0].VisitId)] = first.Visits[0].End },
        };
        var again = Process(id, events, back);
        Assert.Empty(again.Events);
        Assert.Equal(Comparable(once), Comparable(again));
    }

    static List<string> Comparable(ChunkResult result) =>
        [.. result.Alerts.Select(a => $"{string.Join(',', a.RuleIds)} {a.EventName} {a.EventPage} {a.At:O} {a.Visit.VisitId} {a.Visit.VisitorId} {a.Visit.Number} {a.Visit.PreviousEnd:O} {a.Visit.UserId} {a.More}")];

    ChunkResult Take(params CollectedEvent[] events) => Process(Guid.NewGuid(), Chunk(events), null);

    ChunkResult Process(Guid id, ChunkEvent[] events, ReadBack? back) =>
        Processor.Process(id, events, state, site => site == Site ? rules : null, ++version, back);

    static AlertSettings Settings(params (string Key, string Value)[] values) => new(values.ToDictionary(v => v.Key, v => v.Value));
}
