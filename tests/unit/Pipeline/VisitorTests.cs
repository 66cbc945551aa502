using SaaS.Analytics.Events;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Visitors;
using static SaaS.Analytics.Tests.Pipeline.TestEvents;

namespace SaaS.Analytics.Tests.Pipeline;

public class VisitorTests
{
    [Fact]
    public void Consent_in_mid_visit_keeps_visit_and_visitor()
    {
        var result = Process(PageView(0), PageView(1, consented: 5), PageView(2, consented: 5, cookieless: 12));
        var visit = Assert.Single(result.Visits);
        Assert.Equal((3u, 11ul, VisitorMode.Consented), (visit.Pageviews, visit.VisitorId, visit.VisitorMode));
        Assert.All(result.Events, e => Assert.Equal((visit.VisitId, 11ul), (e.VisitId, e.VisitorId)));
        Assert.Equal([5ul], result.Visitors.Single(v => v.VisitorId == 11).Aliases);
    }

    [Fact]
    public void The_id_given_in_mid_visit_is_the_same_visitor_the_next_time()
    {
        var result = Process(PageView(0), PageView(1, consented: 5), PageView(100, consented: 5, cookieless: 12));
        Assert.Equal([(11ul, 1u), (11ul, 2u)], result.Visits.Select(v => (v.VisitorId, v.VisitNumber)));
    }

    [Fact]
    public void Visitors_are_found_again_through_the_store()
    {
        var stored = Process(PageView(0), PageView(1, consented: 5), PageView(2, consented: 5, userId: "anna")).Visitors;
        var state = new PartitionState();
        var next = PageView(2000, consented: 5, cookieless: 12);
        Assert.All(stored, v => Assert.Equal(At(0), v.FirstSeen));
        var rounds = 0;
        while (state.UnknownVisitors(Chunk([next])) is { Count: > 0 } unknown)
        {
            rounds++;
            state.Learn(unknown, stored.Where(v => unknown.Contains(new VisitorKey(v.SiteId, v.VisitorId))));
        }
        var visit = Assert.Single(Process(state, next).Visits);
        Assert.Equal((2, 11ul, 2u), (rounds, visit.VisitorId, visit.VisitNumber));
    }

    [Fact]
    public void A_known_user_on_another_device_is_the_same_visitor()
    {
        var result = Process(PageView(0, consented: 5, userId: "anna"), PageView(100, consented: 6, cookieless: 12, userId: "anna"));
        Assert.Equal(result.Visits[0].VisitorId, result.Visits[1].VisitorId);
        Assert.Equal(2u, result.Visits[1].VisitNumber);
    }

    [Fact]
    public void Another_user_on_the_same_device_is_another_visitor()
    {
        var result = Process(PageView(0, consented: 5, userId: "anna"), PageView(1, consented: 5, userId: "berta"));
        Assert.Equal(2, result.Visits.Select(v => v.VisitorId).Distinct().Count());
    }

    [Fact]
    public void Two_devices_behind_one_address_are_two_visits()
    {
        var result = Process(PageView(0, consented: 5), PageView(1, consented: 6), PageView(2, consented: 5), PageView(3, consented: 6));
        Assert.Equal([(5ul, 2u), (6ul, 2u)], result.Visits.Select(v => (v.VisitorId, v.Pageviews)));
    }

    [Fact]
    public void Cookieless_visitors_come_again_on_the_same_day_only()
    {
        var result = Process(PageView(0), PageView(60), PageView(1440, cookieless: 12));
        Assert.Equal([(11ul, 1u), (11ul, 2u), (12ul, 1u)], result.Visits.Select(v => (v.VisitorId, v.VisitNumber)));
        Assert.Equal((At(0), At(60), 2u), result.Visitors.Where(v => v.VisitorId == 11)
            .Select(v => (v.FirstSeen, v.LastVisitStart, v.VisitCount)).Single());
    }

    [Fact]
    public void A_new_visitor_with_several_ids_is_stored_under_each()
    {
        var visitors = Process(PageView(0, consented: 5, userId: "anna")).Visitors;
        Assert.Equal(2, visitors.Count);
        Assert.All(visitors, v => Assert.Equal(At(0), v.FirstSeen));
        Assert.Equal(visitors.Single(v => v.VisitCount == 1).VisitorId, Assert.Single(visitors.Single(v => v.VisitorId == 5).Aliases));
    }

    [Fact]
    public void Identify_keeps_the_traits_and_the_latest_value_of_each()
    {
        var visitor = Process(Identify(0, "free"), Identify(1, "pro")).Visitors.Single();
        Assert.Equal("pro", Assert.Single(visitor.Traits).Value);
    }

    static CollectedEvent Identify(double minute, string plan) => new()
    {
        Id = Guid.NewGuid(), Name = EventNames.Identify, Timestamp = At(minute), ClientTimestamp = At(minute), UserId = "anna", UserIdHash = 9,
        Props = [new("plan", plan)],
    };

    [Fact]
    public void An_event_from_nobody_is_stored_without_a_visit()
    {
        var result = Process(PageView(0, cookieless: 0));
        Assert.Equal((0ul, 0ul), (result.Events[0].VisitId, result.Events[0].VisitorId));
        Assert.Empty(result.Visits);
    }
}
