using SaaS.Analytics.Alerts;
using SaaS.Analytics.Events;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

/// <summary>What the rule editor says a rule would have done.</summary>
public sealed class AlertPreviewTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly DateTime Now = ReportWorld.Now;

    [Fact]
    public async Task Of_three_visits_those_are_shown_that_a_rule_about_returning_would_have_told()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection, [],
        [
            Visit(site, 1, 7, Now.AddDays(-9), 1) with { Source = "first" }, Visit(site, 2, 7, Now.AddDays(-2), 2) with { EntryPath = "/pricing", UtmCampaign = "spring" },
            Visit(site, 3, 7, Now.AddHours(-20), 3), Visit(site, 4, 8, Now.AddHours(-5), 1), Visit(site, 5, 9, Now.AddHours(-4), 2) with { BotScore = 100 },
        ]);
        var found = await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "days"));
        Assert.Equal([3ul, 2ul], found.Alerts.Select(a => a.Visit.VisitId));
        Assert.False(found.IsCut);
        var earlier = found.Alerts[1];
        Assert.Equal((7ul, 2u, "/pricing", "spring", Now.AddDays(-2), TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5)),
            (earlier.Visit.VisitorId, earlier.Visit.Number, earlier.EventPage, earlier.Visit.Campaign, earlier.At, earlier.Visit.Away));
        Assert.Equal([2ul], (await RunAsync(site, AlertKinds.Returning, ("away", "2"), ("away_unit", "days"))).Alerts.Select(a => a.Visit.VisitId));
        Assert.Equal([2ul], (await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "hours"), ("page", "/pric*"))).Alerts.Select(a => a.Visit.VisitId));
        Assert.Equal([2ul], (await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "days"), ("quiet_visitor", "48"))).Alerts.Select(a => a.Visit.VisitId));
        Assert.Equal([2ul], (await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "days"), ("quiet_rule", "10000"))).Alerts.Select(a => a.Visit.VisitId));
    }

    [Fact]
    public async Task Of_an_event_each_visit_is_shown_once_and_properties_are_looked_at()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection,
        [
            Event(site, 1, Now.AddHours(-3), "gold"), Event(site, 1, Now.AddHours(-2), "gold"), Event(site, 2, Now.AddHours(-1), "tin"), Event(site, 3, Now.AddDays(-8), "gold"),
        ],
        [Visit(site, 1, 7, Now.AddHours(-4), 1), Visit(site, 2, 8, Now.AddHours(-2), 1), Visit(site, 3, 9, Now.AddDays(-8), 1)]);
        Assert.Equal([2ul, 1ul], (await RunAsync(site, AlertKinds.Event, ("event", "purchase"))).Alerts.Select(a => a.Visit.VisitId));
        Assert.Equal([1ul], (await RunAsync(site, AlertKinds.Event, ("event", "purchase"), ("property", "plan"), ("property_value", "g*"))).Alerts.Select(a => a.Visit.VisitId));
        Assert.Empty((await RunAsync(site, AlertKinds.Event, ("event", "signup"))).Alerts);
    }

    [Fact]
    public async Task Of_visitors_who_are_back_those_are_shown_who_opened_the_page_when_they_did()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection,
        [
            View(site, 1, Now.AddDays(-5), "/pricing"), View(site, 2, Now.AddHours(-3), "/"), View(site, 2, Now.AddHours(-2), "/pricing"), View(site, 3, Now.AddHours(-1), "/about"),
        ],
        [Visit(site, 1, 7, Now.AddDays(-5), 1), Visit(site, 2, 7, Now.AddHours(-3), 2), Visit(site, 3, 8, Now.AddHours(-1), 2)]);
        var alert = Assert.Single((await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "days"), ("page_seen", "/pric*"))).Alerts);
        Assert.Equal((2ul, Now.AddHours(-2), "/pricing"), (alert.Visit.VisitId, alert.At, alert.EventPage));
    }

    [Fact]
    public async Task More_than_are_looked_at_is_said()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await TestRows.InsertAsync(world.Connection, [], Enumerable.Range(1, 20_001).Select(i => Visit(site, (ulong)i, (ulong)i, Now.AddHours(-1), 2)));
        Assert.True((await RunAsync(site, AlertKinds.Returning, ("away", "1"), ("away_unit", "days"))).IsCut);
    }

    Task<AlertPreview> RunAsync(AuthorizedSite site, AlertKind kind, params (string Key, string Value)[] settings) =>
        new AlertPreviews(world.Store, new VisitorPasts(world.Store, world.Time), world.Time)
            .RunAsync(site, kind, new AlertSettings(settings.ToDictionary(s => s.Key, s => s.Value)), new VisitorPast(0, "", []), default);

    static VisitRow Visit(AuthorizedSite site, ulong id, ulong visitor, DateTime start, uint number) => new()
    {
        SiteId = site.Id, VisitorId = visitor, VisitId = id, Version = 1, FirstReceivedAt = start, Start = start, End = start.AddMinutes(5), VisitNumber = number, Pageviews = 1,
        EntryPath = "/", ExitPath = "/", VisitorMode = VisitorMode.Consented,
    };

    static EventRow View(AuthorizedSite site, ulong visit, DateTime at, string path) => Event(site, visit, at, "") with { Name = "pageview", Path = path };

    static EventRow Event(AuthorizedSite site, ulong visit, DateTime at, string plan) => new()
    {
        SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at.AddSeconds(1), ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = 7, VisitId = visit, Name = "purchase", Path = "/buy", Props = [new("plan", plan)],
    };
}
