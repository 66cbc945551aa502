using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Alerts;
using SaaS.Analytics.Data;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Reports;
using SaaS.Analytics.Tests.Stack;

namespace SaaS.Analytics.Tests.Alerts;

/// <summary>Four visitors, two visits each: 1 has bought for 60 EUR, 2 for 40 EUR and 500 USD, 3 came from the campaign once, 4 has read the prices.</summary>
public sealed class VisitorPastTests(ReportWorld world, PostgresFixture postgres) : IClassFixture<ReportWorld>, IClassFixture<PostgresFixture>, IAsyncLifetime
{
    const string Segment = """[["is","event:page",["/prices"]],["is","visit:country",["DE"]]]""";
    static readonly ulong[] All = [1, 2, 3, 4];
    readonly DateTime now = ReportWorld.Now;
    Site site = null!;
    AuthorizedSite authorized = null!;
    SystemDb db = null!;

    public async Task InitializeAsync()
    {
        db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(postgres.System).UseSnakeCaseNamingConvention().Options);
        var tenant = new Tenant { Name = "t", CreatedAt = now };
        db.Add(tenant);
        site = new Site { TenantId = tenant.Id, TrackingId = TrackingId.New(), Domain = $"{Guid.NewGuid():n}.example", Name = "s", TimeZone = "Etc/UTC", CreatedAt = now };
        db.Add(site);
        await db.SaveChangesAsync();
        db.Add(new Goal { Id = Guid.NewGuid(), TenantId = tenant.Id, SiteId = site.Id, Name = "Any shop page", Kind = GoalKind.Page, Target = "/shop/**", CreatedAt = now });
        db.Add(new Segment { TenantId = tenant.Id, SiteId = site.Id, Name = "Germans at the prices", Filters = Segment, CreatedAt = now });
        await db.SaveChangesAsync();
        var rule = new AlertRule { TenantId = tenant.Id, SiteId = site.Id, Name = "r", Kind = "returning", Settings = "{}", Targets = [], CreatedAt = now };
        authorized = AuthorizedSite.For(rule, rule.SiteId, site)!;
        await TestRows.InsertAsync(world.Connection,
            [
                .. All.SelectMany(v => (EventRow[])[Event(v, 10, "pageview"), Event(v, 20, "pageview")]),
                Event(1, 10, "purchase", "/shop/a/b", 30, "EUR"), Event(1, 20, "purchase", "/shop", 30, "EUR"),
                Event(2, 10, "purchase", "/", 40, "EUR"), Event(2, 20, "purchase", "/", 500, "USD"), Event(4, 10, "pageview", "/prices"),
                Event(1, 10, "pageview", "/shop/a/b"),
            ],
            All.SelectMany(v => (VisitRow[])[Visit(v, 10), Visit(v, 20)]));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData("spent=50 spent_currency=eur", new ulong[] { 1 })]
    [InlineData("spent=60 spent_currency=EUR", new ulong[] { 1 })]
    [InlineData("spent=60.01 spent_currency=EUR", new ulong[0])]
    [InlineData("spent=100 spent_currency=USD", new ulong[] { 2 })]
    [InlineData("campaign_ever=Spring*", new ulong[] { 3 })]
    [InlineData("campaign_ever=*", new ulong[] { 3 })]
    [InlineData("reached=Any_shop_page", new ulong[] { 1 })]
    [InlineData("segment=Germans_at_the_prices", new ulong[] { 4 })]
    [InlineData("reached=Any_shop_page spent=50 spent_currency=EUR", new ulong[] { 1 })]
    [InlineData("reached=Any_shop_page campaign_ever=spring-sale", new ulong[0])]
    [InlineData("", new ulong[] { 1, 2, 3, 4 })]
    public async Task A_rule_is_about_those_with_the_past_it_asks_for(string settings, ulong[] expected)
    {
        var (past, wrong) = await PastConditions.ReadAsync(db, site.Id, Settings(settings), default);
        Assert.Empty(wrong);
        var pasts = new VisitorPasts(world.Store, world.Time);
        Assert.Equal(expected, (await pasts.WhoAsync(authorized, past!, All, default)).Order());
        Assert.Equal(expected.Where(v => v is 1 or 4), (await pasts.WhoAsync(authorized, past!, [1, 4], default)).Order());

        // The preview asks the same of the visits of the last week: the second of each visitor, a day after the first.
        var rule = Settings(settings + " away=1 away_unit=hours visits=2 quiet_visitor=0");
        var preview = await new AlertPreviews(world.Store, pasts, world.Time).RunAsync(authorized, AlertKinds.Returning, rule, past!, default);
        Assert.Equal(expected, preview.Alerts.Select(a => a.Visit.VisitorId).Order());
    }

    [Theory]
    [InlineData("reached=Gone", "reached", "There are: Any shop page.")]
    [InlineData("segment=Gone", "segment", "There are: Germans at the prices.")]
    [InlineData("spent=5", "spent_currency", "three letters")]
    public async Task What_is_gone_or_missing_is_said_and_fires_for_nobody(string settings, string field, string said)
    {
        var (past, wrong) = await PastConditions.ReadAsync(db, site.Id, Settings(settings), default);
        Assert.Null(past);
        Assert.Contains(said, Assert.Single(wrong, w => w.Key == field).Value);
    }

    /// <summary>Names of goals and segments with _ for spaces.</summary>
    static AlertSettings Settings(string text) => new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('='))
        .ToDictionary(s => s[0], s => s[0] is "reached" or "segment" ? s[1].Replace('_', ' ') : s[1]));

    /// <summary>10: two days ago; 20: yesterday.</summary>
    DateTime At(int visit) => now.AddDays(visit == 10 ? -2 : -1);

    EventRow Event(ulong visitor, int visit, string name, string path = "/", decimal? revenue = null, string currency = "") => new()
    {
        SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = At(visit), ClientTimestamp = At(visit), ReceivedAt = At(visit).AddSeconds(1), ChunkId = Guid.Empty, ChunkIndex = 0,
        VisitorId = visitor, VisitId = visitor * 100 + (ulong)visit, Name = name, Path = path, Revenue = revenue, Currency = currency,
    };

    VisitRow Visit(ulong visitor, int visit) => new()
    {
        SiteId = site.Id, VisitorId = visitor, VisitId = visitor * 100 + (ulong)visit, Version = 1, FirstReceivedAt = At(visit), Start = At(visit), End = At(visit).AddMinutes(5), Pageviews = 1,
        VisitNumber = visit == 10 ? 1u : 2u, EntryPath = "/", ExitPath = "/", Country = "DE", UtmCampaign = visitor == 3 && visit == 10 ? "spring-sale" : "",
    };
}
