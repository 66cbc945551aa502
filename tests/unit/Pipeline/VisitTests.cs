using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visits;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary>Visits computed by hand.</summary>
public class VisitTests
{
    [Fact]
    public void A_visit_counts_its_events_and_knows_its_first_and_last_page()
    {
        var result = Process(
            PageView(0, "https://Example.com/landing?utm_source=news&utm_medium=email&a=1#top"),
            Custom(1), Custom(2, interactive: false),
            PageView(3, "https://example.com/price"),
            Engagement(4.5, ms: 12_000));
        var visit = Assert.Single(result.Visits);
        Assert.Equal((2u, 4u, 1u, 12_000ul), (visit.Pageviews, visit.Events, visit.InteractiveEvents, visit.EngagementMs));
        Assert.Equal((At(0), At(4.5)), (visit.Start, visit.End));
        Assert.Equal(("example.com", "/landing", "/price"), (visit.EntryHostname, visit.EntryPath, visit.ExitPath));
        Assert.Equal(("news", "Email", 1u), (visit.Source, visit.Channel, visit.VisitNumber));
        Assert.Equal(VisitId.Of(Site, result.Events[0].EventId), visit.VisitId);
        Assert.All(result.Events, e => Assert.Equal((visit.VisitId, visit.VisitorId), (e.VisitId, e.VisitorId)));
        Assert.Equal(["Email", "Direct", "Direct", "Direct", ""], result.Events.Select(e => e.Channel));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30.001, 2)]
    public void A_gap_longer_than_the_timeout_ends_a_visit(double gap, int visits) =>
        Assert.Equal(visits, Process(PageView(0), PageView(gap)).Visits.Count);

    [Fact]
    public void Midnight_does_not_split_a_visit()
    {
        var state = new PartitionState();
        var before = Process(state, PageView(719, cookieless: 11)).Visits[0];
        var next = PageView(725, cookieless: 99);
        var after = Process(state, Yesterday(next, 11)).Visits[0];
        Assert.Equal((before.VisitId, before.VisitorId, 2u), (after.VisitId, after.VisitorId, after.Pageviews));
        Assert.Equal(before.VisitId, Assert.Single(Process(state, PageView(730, cookieless: 99)).Visits).VisitId);
    }

    [Fact]
    public void A_visit_ends_after_24_hours()
    {
        var visits = Process([.. Enumerable.Range(0, 75).Select(i => PageView(i * 20))]).Visits;
        Assert.Equal([73u, 2u], visits.Select(v => v.Pageviews));
        Assert.Equal(TimeSpan.FromHours(24), visits[0].End - visits[0].Start);
    }

    [Fact]
    public void Each_of_many_people_behind_one_address_keeps_a_visit_of_their_own()
    {
        const ulong people = 300;
        var state = new PartitionState();
        ChunkResult All(double minute) => Process(state, [.. Enumerable.Range(1, (int)people).Select(p => PageView(minute + p * 0.01, consented: 1000 + (ulong)p))]);
        var first = All(0);
        var again = All(10);
        Assert.Equal((people, people), ((ulong)first.Visits.Count, (ulong)again.Visits.Count));
        Assert.Equal(first.Visits.Select(v => v.VisitId).Order(), again.Visits.Select(v => v.VisitId).Order());
        Assert.All(again.Visits, v => Assert.Equal(2u, v.Pageviews));
        Assert.Equal(people, (ulong)All(60).Visits.Count(v => v.Pageviews == 1));
    }

    [Fact]
    public void Engagement_extends_a_visit_and_never_starts_one()
    {
        var result = Process(Engagement(0), PageView(1), Engagement(25), PageView(54), Engagement(90));
        Assert.Equal((2u, 1000ul, At(54)), (result.Visits[0].Pageviews, result.Visits[0].EngagementMs, Assert.Single(result.Visits).End));
        Assert.Equal(2, result.Events.Count(e => e.VisitId == 0));
        Assert.Equal(5, result.Ledger.Where(l => l.Outcome == Outcomes.Stored).Sum(l => l.Events));
    }

    [Fact]
    public void Engagement_of_nobody_is_counted_and_not_stored()
    {
        var result = Process(PageView(0), Engagement(1, cookieless: 0));
        Assert.Contains(result.Ledger, l => (l.Outcome, l.Reason) == (Outcomes.Excluded, DropReasons.EngagementWithoutVisit));
        Assert.Single(result.Events);
    }

    [Fact]
    public void A_late_first_event_moves_the_start_and_decides_the_source()
    {
        var state = new PartitionState();
        var second = Process(state, PageView(3, "https://example.com/b")).Visits[0];
        var both = Process(state, PageView(0, "https://example.com/a", referrer: "https://www.google.de/search?q=x")).Visits[0];
        Assert.Equal((second.VisitId, At(0), At(3)), (both.VisitId, both.Start, both.End));
        Assert.Equal(("/a", "/b", "Google", "Organic Search"), (both.EntryPath, both.ExitPath, both.Source, both.Channel));
    }

    [Fact]
    public void A_late_event_between_two_visits_makes_them_one()
    {
        var state = new PartitionState();
        var first = Process(state, PageView(0)).Visits[0];
        var second = Process(state, PageView(31)).Visits[0];
        Assert.NotEqual(first.VisitId, second.VisitId);
        var result = Process(state, PageView(28));
        var kept = Assert.Single(result.Visits, v => v.MergedInto == 0);
        var gone = Assert.Single(result.Visits, v => v.MergedInto != 0);
        Assert.Equal((first.VisitId, 3u, At(31), 1u), (kept.VisitId, kept.Pageviews, kept.End, kept.VisitNumber));
        Assert.Equal((second.VisitId, first.VisitId), (gone.VisitId, gone.MergedInto));
        Assert.Equal(1u, Assert.Single(result.Visitors).VisitCount);
        Assert.Equal(first.VisitId, Assert.Single(Process(state, PageView(32)).Visits).VisitId);
    }

    [Fact]
    public void A_queue_that_was_offline_stays_one_visit()
    {
        var state = new PartitionState();
        Process(state, PageView(600, cookieless: 5));
        var late = Enumerable.Range(0, 20).Select(i => PageView(i * 2)).ToArray();
        var result = Processor.Process(Guid.CreateVersion7(), Chunk(late, receivedAt: 601), state, Sites, 1);
        Assert.Equal(20u, Assert.Single(result.Visits).Pageviews);
    }

    [Fact]
    public void What_is_stored_gives_the_state_back()
    {
        var before = new PartitionState();
        var stored = Process(before, PageView(0, consented: 5, cookieless: 11), PageView(2, consented: 5));
        var after = new PartitionState();
        after.Learn([], stored.Visitors);
        after.Restore(stored.Visits, _ => TimeSpan.FromMinutes(30), []);
        var next = PageView(4, consented: 5);
        var expected = Assert.Single(Process(before, next).Visits);
        Assert.Equal(expected, Assert.Single(Process(after, next).Visits));
    }

    static CollectedEvent Yesterday(CollectedEvent e, ulong yesterday) => new()
    {
        Id = e.Id, Name = e.Name, Timestamp = e.Timestamp, ClientTimestamp = e.ClientTimestamp, Url = e.Url,
        CookielessId = e.CookielessId, CookielessIdYesterday = yesterday,
    };
}
