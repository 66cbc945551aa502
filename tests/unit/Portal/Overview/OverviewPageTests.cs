using System.Net;
using Microsoft.AspNetCore.Builder;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Overview;

public sealed class OverviewPageTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    [Fact]
    public async Task It_shows_the_visits_of_the_site()
    {
        var (site, email) = await world.NewTenantAsync("shown.example");
        await VisitAsync(site.Id, "/it's <script>alert(1)</script>");
        var page = await PageAsync(world.Portal, email, "/sites/shown.example");
        Assert.Contains("/it&#x27;s &lt;script&gt;alert(1)&lt;/script&gt;", page);
        Assert.DoesNotContain("<script>alert(1)", page);
        Assert.Contains("Counted up to", page);
        Assert.Contains("Bounce rate", page);
        Assert.DoesNotContain("NaN", page);
    }

    [Fact]
    public async Task A_filter_narrows_it_and_can_be_taken_away()
    {
        var (site, email) = await world.NewTenantAsync("filtered.example");
        await VisitAsync(site.Id, "/wanted");
        await VisitAsync(site.Id, "/other");
        var page = await PageAsync(world.Portal, email, "/sites/filtered.example?f=is,event:page,/wanted&period=day");
        Assert.Contains("/wanted", page);
        Assert.DoesNotContain("/other", page);
        Assert.Contains("Remove the filter: Page is /wanted", page);
        Assert.Contains("href=\"/sites/filtered.example?period=day\"", page);
    }

    [Theory]
    [InlineData("?period=nonsense&f=is&f=x,y,z&f=is,time:day,1&metric=nope&pages=nope&compare=nope")]
    [InlineData("?period=custom&from=2026-02-31&to=x")]
    [InlineData("?period=custom&from=2026-01-01&to=2025-01-01")]
    [InlineData("?period=12mo&compare=year&metric=views_per_visit&pages=exit&sources=campaign")]
    [InlineData("?period=yesterday&compare=off&metric=visit_duration")]
    [InlineData("?f=is,event:page,%00%27%22%5C")]
    public async Task Any_address_gives_a_page(string query)
    {
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        await VisitAsync(site.Id, "/a");
        Assert.Contains("id=\"report\"", await PageAsync(world.Portal, email, $"/sites/{site.Domain}{query}"));
    }

    [Fact]
    public async Task A_part_that_fails_says_so_and_leaves_the_page_standing()
    {
        var (site, email) = await world.NewTenantAsync("broken.example");
        var broken = await world.StartAsync("memory", "Host=127.0.0.1;Port=9;Username=u;Password=p;Database=d");
        var page = await PageAsync(broken, email, $"/sites/{site.Domain}");
        Assert.Contains("The totals could not be counted.", page);
        Assert.Contains("The chart could not be counted.", page);
        Assert.Contains("Try again", page);
    }

    [Fact]
    public async Task Every_part_comes_alone_too()
    {
        var (site, email) = await world.NewTenantAsync("parts.example");
        await VisitAsync(site.Id, "/a");
        foreach (var part in new[] { "handler=Tiles", "handler=Chart", "handler=Card&card=pages", "handler=Report" })
        {
            var html = await PageAsync(world.Portal, email, $"/sites/parts.example?{part}");
            Assert.DoesNotContain("<html", html);
            Assert.Contains("data-part", html);
        }
    }

    [Fact]
    public async Task Another_tenants_site_is_not_there()
    {
        var (_, email) = await world.NewTenantAsync("me.example");
        await world.NewTenantAsync("them.example");
        using var cookies = await ReportPortal.SignInAsync(world.Portal, email);
        using var client = new HttpClient(cookies, disposeHandler: false) { BaseAddress = new Uri(world.Portal.Urls.Single()) };
        foreach (var part in new[] { "", "?handler=Report", "?handler=Card&card=pages" })
        {
            using var answer = await client.GetAsync("/sites/them.example" + part);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    Task VisitAsync(int site, string path) => TestRows.InsertAsync(world.ClickHouse,
    [
        new EventRow
        {
            SiteId = site, EventId = Guid.NewGuid(), Timestamp = DateTime.UtcNow, ClientTimestamp = DateTime.UtcNow, ReceivedAt = DateTime.UtcNow,
            ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = 1, VisitId = 1, Name = "pageview", Path = path,
        },
    ], []);

    static async Task<string> PageAsync(WebApplication portal, string email, string url)
    {
        using var cookies = await ReportPortal.SignInAsync(portal, email);
        using var client = new HttpClient(cookies, disposeHandler: false) { BaseAddress = new Uri(portal.Urls.Single()) };
        using var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
