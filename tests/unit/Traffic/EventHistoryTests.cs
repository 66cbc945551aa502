using System.Text.Json;
using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

public sealed class EventHistoryTests
{
    [Fact]
    public void The_same_plan_gives_the_same_events()
    {
        var plan = HistoryPlans.Shop(5_000);
        var first = new EventHistory(plan).Events().Select(e => JsonSerializer.Serialize(e)).ToList();
        var second = new EventHistory(plan).Events().Select(e => JsonSerializer.Serialize(e)).ToList();
        Assert.Equal(first, second);
    }

    [Fact]
    public void Another_seed_gives_other_events()
    {
        var plan = HistoryPlans.Shop(1_000);
        var ids = new EventHistory(plan).Events().Select(e => e.Id).ToHashSet();
        Assert.DoesNotContain(new EventHistory(plan with { Seed = 7 }).Events(), e => ids.Contains(e.Id));
    }

    [Theory]
    [InlineData(3_000, 2)]
    [InlineData(60_000, 90)]
    public void Events_come_in_order_inside_the_bounds_and_as_many_as_asked_for(int events, int days)
    {
        var plan = HistoryPlans.Shop(events, days);
        var times = new EventHistory(plan).Events().Select(e => e.Timestamp).ToList();
        Assert.Equal(times.Order(), times);
        Assert.True(times[0] >= plan.From && times[^1] < plan.To);
        Assert.InRange(times.Count, events, events + events / 50);
        Assert.All(times, t => Assert.Equal(0, t.Ticks % TimeSpan.TicksPerMillisecond));
    }

    [Fact]
    public void The_truth_holds_exactly_the_events_that_were_streamed()
    {
        var truth = new Truth();
        var streamed = new EventHistory(HistoryPlans.Shop(20_000), truth).Events().Select(e => e.Id).ToList();
        Assert.Equal(streamed.Count, streamed.Distinct().Count());
        Assert.Equal(streamed.Order(), truth.Visits.SelectMany(v => v.Events).Select(e => e.Id).Order());
    }

    [Fact]
    public void Visits_of_the_truth_are_visits_by_the_definition()
    {
        var truth = new Truth();
        _ = new EventHistory(HistoryPlans.Shop(40_000), truth).Events().Count();
        foreach (var visits in truth.Visits.GroupBy(v => v.Person.Key))
        {
            var inOrder = visits.OrderBy(v => v.Start).ToList();
            Assert.All(inOrder, v => Assert.All(v.Events.Zip(v.Events.Skip(1)), p => Assert.InRange(p.Second.Timestamp - p.First.Timestamp, TimeSpan.Zero, TimeSpan.FromMinutes(30))));
            Assert.All(inOrder.Zip(inOrder.Skip(1)), p => Assert.True(p.Second.Start - p.First.End > TimeSpan.FromMinutes(60)));
        }
    }

    [Fact]
    public void People_in_mode_A_keep_their_id_and_in_mode_B_get_another_each_day()
    {
        var truth = new Truth();
        _ = new EventHistory(HistoryPlans.Shop(40_000), truth).Events().Count();
        var returning = truth.Visits.GroupBy(v => v.Person.Key).Where(p => p.Select(v => v.Start.Date).Distinct().Count() > 1).ToList();
        Assert.Contains(returning, p => p.First().Person.Consented);
        Assert.Contains(returning, p => !p.First().Person.Consented);
        foreach (var person in returning)
        {
            var days = person.Select(v => v.Start.Date).Distinct().Count();
            Assert.Equal(person.First().Person.Consented ? 1 : days, person.Select(v => v.VisitorId).Distinct().Count());
        }
    }

    [Fact]
    public void A_cookieless_visit_over_midnight_carries_the_hash_it_began_with()
    {
        var truth = new Truth();
        _ = new EventHistory(HistoryPlans.Shop(40_000), truth).Events().Count();
        var overMidnight = truth.Visits.Where(v => !v.Person.Consented && v.End.Date > v.Start.Date).ToList();
        Assert.NotEmpty(overMidnight);
        Assert.All(overMidnight, v => Assert.Equal(v.VisitorId, v.Events[^1].CookielessIdYesterday));
        Assert.All(overMidnight, v => Assert.NotEqual(v.VisitorId, v.Events[^1].CookielessId));
    }

    [Fact]
    public void Engagement_belongs_to_a_page_view_of_the_same_visit()
    {
        var truth = new Truth();
        _ = new EventHistory(HistoryPlans.Shop(10_000), truth).Events().Count();
        foreach (var visit in truth.Visits)
        {
            var views = visit.Events.Where(e => e.Name == EventNames.PageView).Select(e => e.Id).ToHashSet();
            Assert.All(visit.Events.Where(e => e.Name == EventNames.Engagement), e => Assert.Contains(e.PageViewId, views));
        }
    }
}
