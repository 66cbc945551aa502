using SaaS.Analytics.Events;
using SaaS.Analytics.Traffic.History;
using SaaS.Analytics.Traffic.Profiles;
using SaaS.Analytics.Traffic.Visits;

namespace SaaS.Analytics.Tests.Traffic;

/// <summary>What makes the demo believable, counted from its truth.</summary>
public sealed class ShopProfileTests
{
    static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    static readonly Truth Truth = Made();

    static Truth Made()
    {
        var truth = new Truth();
        _ = new EventHistory(HistoryPlans.Shop(150_000), truth).Events().Count();
        return truth;
    }

    static DateTime Local(Visit visit) => TimeZoneInfo.ConvertTimeFromUtc(visit.Start, Berlin);

    [Fact]
    public void Evenings_are_busy_and_nights_are_quiet()
    {
        var hours = Truth.Visits.GroupBy(v => Local(v).Hour).ToDictionary(g => g.Key, g => g.Count());
        Assert.True(hours[20] > 5 * hours[3]);
        Assert.True(hours[12] > hours[9]);
        Assert.InRange(hours.MaxBy(h => h.Value).Key, 18, 21);
    }

    [Fact]
    public void Weekdays_differ_and_traffic_grows()
    {
        var days = Truth.Visits.GroupBy(v => Local(v).Date).OrderBy(g => g.Key).Select(g => (Day: g.Key, Visits: g.Count())).Skip(1).SkipLast(1).ToList();
        Assert.True(days.TakeLast(28).Sum(d => d.Visits) > 1.1 * days.Take(28).Sum(d => d.Visits));
        Assert.True(Mean(DayOfWeek.Sunday) > 1.1 * Mean(DayOfWeek.Friday));
        double Mean(DayOfWeek day) => days.Where(d => d.Day.DayOfWeek == day).Average(d => d.Visits);
    }

    [Fact]
    public void Campaigns_begin_and_end()
    {
        var autumn = Truth.Visits.Where(v => v.Source.Query.Contains("autumn-sale", StringComparison.Ordinal)).Select(v => (HistoryPlans.To.Date - Local(v).Date).Days).ToList();
        Assert.InRange(autumn.Count, 100, Truth.Visits.Count / 10);
        Assert.True(autumn.Max() <= 34 && autumn.Min() >= 20);
    }

    [Fact]
    public void Bots_people_and_returning_people_come_in_believable_shares()
    {
        Assert.InRange(Share(v => v.IsBot), 0.02, 0.06);
        Assert.InRange(Share(v => v.Person.Consented), 0.38, 0.5);
        Assert.InRange(Share(v => v.Person.Country.Code == "DE"), 0.45, 0.6);
        var people = Truth.People.GroupBy(v => v.Person.Key).ToList();
        Assert.InRange((double)people.Count(p => p.Count() > 1) / people.Count, 0.15, 0.5);
    }

    [Fact]
    public void The_numbers_are_those_of_a_shop()
    {
        var people = Truth.People.ToList();
        Assert.InRange(people.Average(v => v.PageViews), 2, 4);
        Assert.InRange(people.Count(v => v.IsBounce) / (double)people.Count, 0.25, 0.6);
        Assert.InRange(people.Average(v => (v.End - v.Start).TotalSeconds), 40, 300);
        Assert.InRange(people.Count(v => v.Revenue > 0) / (double)people.Count, 0.01, 0.05);
    }

    [Fact]
    public void Ads_are_seen_often_and_clicked_rarely()
    {
        var events = Truth.Visits.SelectMany(v => v.Events).ToList();
        var (seen, clicked) = (events.Count(e => e.Name == EventNames.AdImpression), events.Count(e => e.Name == EventNames.AdClick));
        Assert.InRange((double)clicked / seen, 0.01, 0.05);
        Assert.All(events.Where(e => e.Name == EventNames.AdClick), e => Assert.True(e.AdId.Length > 0 && e.AdCampaignId.Length > 0 && e.AdPlacement.Length > 0));
    }

    [Fact]
    public void Every_way_through_the_pages_leads_to_a_kind_that_exists()
    {
        var shop = ShopProfile.Create();
        var ways = shop.Pages.Values.SelectMany(k => k.Next).Concat(shop.Landing).Concat(shop.Sources.SelectMany(s => s.Landing ?? []));
        Assert.All(ways, kind => Assert.True(kind == PageKind.End || shop.Pages.ContainsKey(kind), kind));
        Assert.All(shop.Pages.Values, k => Assert.Equal(1, k.Next.Total, 6));
    }

    static double Share(Func<Visit, bool> which) => Truth.Visits.Count(which) / (double)Truth.Visits.Count;
}
