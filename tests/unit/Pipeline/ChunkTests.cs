using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Store;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public class ChunkTests
{
    [Fact]
    public void Every_event_ends_in_one_outcome()
    {
        var first = PageView(0);
        var chunk = Chunk([first, first, PageView(0.5), Engagement(1, cookieless: 0), PageView(1.5)]);
        chunk[^1] = chunk[^1] with { SiteId = 8 };
        var result = Processor.Process(Guid.CreateVersion7(), chunk, new PartitionState(), Sites, 1);
        Assert.Equal(
            [(Site, At(0), "stored", "", 2), (Site, At(0), "duplicate", "", 1),
             (Site, At(1), "excluded", "engagement_without_visit", 1), (8, At(1), "excluded", "site_deleted", 1)],
            result.Ledger.Select(l => (l.SiteId, l.Minute, l.Outcome, l.Reason, l.Events)));
        Assert.Equal([new SiteSummary(Site, 2, 1, 1), new SiteSummary(8, 0, 0, 1)], result.Sites);
        Assert.Equal(chunk.Length, result.Ledger.Sum(l => l.Events));
    }

    [Fact]
    public void The_same_id_in_a_later_chunk_is_a_duplicate()
    {
        var state = new PartitionState();
        var e = PageView(0);
        Process(state, e);
        Assert.Equal(new SiteSummary(Site, 0, 1, 0), Assert.Single(Process(state, e).Sites));
    }

    [Fact]
    public void Ids_are_remembered_for_ten_minutes_and_restored()
    {
        var state = new PartitionState();
        var e = PageView(0);
        state.Restore([new SeenEvent(Site, e.Id, Guid.NewGuid(), 0, At(0))]);
        Assert.Empty(Process(state, e).Events);
        Process(state, PageView(8, cookieless: 5));
        Assert.Empty(Process(state, e).Events);
        Process(state, PageView(12, cookieless: 5));
        Assert.Single(Process(state, e).Events);
    }

    [Fact]
    public void A_chunk_delivered_again_to_a_new_worker_adds_nothing()
    {
        var (id, chunk) = (Guid.CreateVersion7(), Chunk([PageView(0), PageView(1), Engagement(2), PageView(3, cookieless: 5)]));
        var first = Processor.Process(id, chunk, new PartitionState(), Sites, 1);
        var state = new PartitionState();
        state.Learn([], first.Visitors);
        var again = Processor.Process(id, chunk, state, Sites, 1, new ReadBack(first.Events, first.Events, first.Visits));
        Assert.Empty(again.Events);
        Assert.Equal(first.Visits, again.Visits);
        Assert.Equal(first.Ledger, again.Ledger);
        Assert.Equal(first.Visitors.Select(v => (v.VisitorId, v.VisitCount)), again.Visitors.Select(v => (v.VisitorId, v.VisitCount)));
    }

    [Fact]
    public void A_half_stored_chunk_is_completed()
    {
        var (id, chunk) = (Guid.CreateVersion7(), Chunk([PageView(0), PageView(1), PageView(2)]));
        var first = Processor.Process(id, chunk, new PartitionState(), Sites, 1);
        var half = first.Events.Skip(1).ToArray();
        var again = Processor.Process(id, chunk, new PartitionState(), Sites, 2, new ReadBack(half, half, []));
        Assert.Equal(first.Events[0].EventId, Assert.Single(again.Events).EventId);
        var visit = Assert.Single(again.Visits);
        Assert.Equal((first.Visits[0].VisitId, 3u, At(0), At(2)), (visit.VisitId, visit.Pageviews, visit.Start, visit.End));
        Assert.Equal(first.Ledger, again.Ledger);
        Assert.Equal(1u, Assert.Single(again.Visitors).VisitCount);
    }

    [Fact]
    public void A_chunk_delivered_again_does_not_bring_back_a_visit_that_is_gone()
    {
        var (state, early, chunk) = (new PartitionState(), Process(PageView(0)), Chunk([PageView(31)]));
        state.Restore(early.Visits, _ => TimeSpan.FromMinutes(30), []);
        var id = Guid.CreateVersion7();
        var first = Processor.Process(id, chunk, state, Sites, 1);
        var bridge = Process(state, PageView(28));
        EventRow[] rows = [.. early.Events, .. first.Events, .. bridge.Events];
        var again = Processor.Process(id, chunk, state, Sites, 2, new ReadBack(first.Events, rows, bridge.Visits));
        var visit = Assert.Single(again.Visits);
        Assert.Equal((early.Visits[0].VisitId, 3u, 1u), (visit.VisitId, visit.Pageviews, visit.VisitNumber));
    }

    [Fact]
    public void Times_are_cut_to_milliseconds_as_the_store_keeps_them()
    {
        var row = Row(new CollectedEvent
        {
            Id = Guid.NewGuid(), Name = EventNames.PageView, Timestamp = Noon.AddTicks(12_345), ClientTimestamp = Noon.AddTicks(12_345),
            CookielessId = 1,
        });
        Assert.Equal((Noon.AddMilliseconds(1), Noon.AddMilliseconds(1)), (row.Timestamp, row.ClientTimestamp));
    }

    [Fact]
    public void Only_late_or_corrected_events_are_suspected()
    {
        var chunk = Chunk([PageView(0), PageView(9)], receivedAt: 10);
        Assert.Equal(0, Assert.Single(new PartitionState().SuspectedDuplicates(chunk)).Index);
    }

    [Fact]
    public void Events_received_before_what_is_remembered_are_suspected()
    {
        var state = new PartitionState();
        state.Restore([], allSince: At(0));
        Assert.Equal([0, 1], state.SuspectedDuplicates(Chunk([PageView(-1), PageView(4.9), PageView(5)])).Select(e => e.Index));
        Process(state, PageView(6), PageView(20, cookieless: 5));
        Assert.Equal([0], state.SuspectedDuplicates(Chunk([PageView(11.9), PageView(12)])).Select(e => e.Index));
    }

    [Fact]
    public void Suspected_events_that_were_found_stay_remembered_to_the_end_of_the_chunk()
    {
        var (state, late) = (new PartitionState(), PageView(1));
        Process(state, PageView(0));
        var chunk = Chunk([PageView(60, cookieless: 5), late]);
        Assert.Equal([1], state.SuspectedDuplicates(chunk).Select(e => e.Index));
        state.Restore([new SeenEvent(Site, late.Id, Guid.NewGuid(), 0, At(1))]);
        var result = Processor.Process(Guid.CreateVersion7(), chunk, state, Sites, 1);
        Assert.Equal(new SiteSummary(Site, 1, 1, 0), Assert.Single(result.Sites));
    }

    [Fact]
    public void A_closed_visit_that_is_read_back_keeps_its_number()
    {
        var (id, chunk, state) = (Guid.CreateVersion7(), Chunk([PageView(0)]), new PartitionState());
        var first = Processor.Process(id, chunk, state, Sites, 1);
        Process(state, PageView(60));
        var again = Processor.Process(id, chunk, state, Sites, 2, new ReadBack(first.Events, first.Events, first.Visits));
        Assert.Equal(1u, Assert.Single(again.Visits).VisitNumber);
        Assert.Equal(2u, Assert.Single(again.Visitors).VisitCount);
    }

    [Fact]
    public void All_of_the_event_is_in_the_row()
    {
        var e = new CollectedEvent
        {
            Id = Guid.NewGuid(), Name = EventNames.AdClick, Timestamp = At(0), ClientTimestamp = At(-1), AdId = "a", AdCampaignId = "c",
            AdPlacement = "p", Props = [new("k", "v")], Revenue = 1.5m, Currency = "EUR", Title = "t", Country = "DE", Region = "DE-BE",
            City = "Berlin", Asn = 3320, Language = "de", Screen = "1x2", TimeZone = "Europe/Berlin", App = "app", Library = "lib",
            Consent = "analytics", Notes = ["url_cut", "props_cut"], CookielessId = 1, UserId = "u", UserIdHash = 2, UserVerified = true,
        };
        var row = Row(e);
        Assert.Equal(("a", "c", "p", 1.5m, "EUR", "t"), (row.AdId, row.AdCampaignId, row.AdPlacement, row.Revenue, row.Currency, row.Title));
        Assert.Equal(("DE", "DE-BE", "Berlin", 3320u, "de", "1x2"), (row.Country, row.Region, row.City, row.Asn, row.Language, row.Screen));
        Assert.Equal(("Europe/Berlin", "app", "lib", "analytics", "url_cut,props_cut"), (row.VisitorTimeZone, row.App, row.Library, row.Consent, row.Notes));
        Assert.Equal(("u", true, At(-1), "v"), (row.UserId, row.UserVerified, row.ClientTimestamp, row.Props[0].Value));
    }
}
