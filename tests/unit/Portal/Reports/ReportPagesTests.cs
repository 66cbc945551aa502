using System.Net;
using System.Text.Json;
using SaaS.Analytics.Portal.Layout;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Reports;

public sealed class ReportPagesTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    public static TheoryData<string> Paths => [.. ReportCatalog.All.Select(r => r.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_report_shows_its_tiles_chart_and_cards(string path)
    {
        var (client, site) = await WorldAsync();
        var page = await PageAsync(client, $"/sites/{site}{path}?period=day");
        var report = ReportCatalog.All.Single(r => r.Path == path);
        Assert.DoesNotContain("could not be counted", page.Body);
        Assert.Equal(report.Title, page.Html.QuerySelector("h1")!.TextContent);
        Assert.Equal(report.Metrics.Select(m => "tile-" + m), page.Html.QuerySelectorAll(".tile").Select(t => t.Id));
        Assert.Equal(report.Cards.Select(c => c.Key), page.Html.QuerySelectorAll(".top-card").Select(t => t.GetAttribute("data-part")));
        Assert.NotNull(page.Html.QuerySelector("[data-chart-data]"));
        Assert.Contains("Counted up to", page.Body);
        Assert.DoesNotContain("NaN", page.Main);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_tab_its_details_and_its_files_can_be_had(string path)
    {
        var (client, site) = await WorldAsync();
        var report = ReportCatalog.All.Single(r => r.Path == path);
        foreach (var (card, tab) in report.Cards.SelectMany(c => c.Tabs.Select(t => (c, t))))
        {
            var open = $"/sites/{site}{path}?period=day&{card.Key}={tab.Key}";
            Assert.DoesNotContain("could not be counted", (await PageAsync(client, $"{open}&handler=Card&card={card.Key}")).Body);
            if (report.Minutes is not null) continue;
            var details = await PageAsync(client, $"{open}&details={card.Key}&q=a&sort={tab.Columns[^1]}&order=asc");
            Assert.DoesNotContain("could not be counted", details.Body);
            var csv = await client.GetStringAsync($"{open}&handler=Export&card={card.Key}&format=csv");
            Assert.StartsWith(string.Join(',', tab.Keys.Concat(tab.Columns)), csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Details_are_searched_sorted_and_exported_as_shown()
    {
        var (client, site) = await WorldAsync();
        var table = await PageAsync(client, $"/sites/{site}?period=day&details=pages");
        Assert.Equal(["/one", "/=danger", "/two"], table.Html.QuerySelectorAll("tbody th").Select(t => t.TextContent.Trim()));
        Assert.Equal("1–3 of 3", table.Html.QuerySelector(".pager span")!.TextContent);
        var found = await PageAsync(client, $"/sites/{site}?period=day&details=pages&q=TWO");
        Assert.Equal(["/two"], found.Html.QuerySelectorAll("tbody th").Select(t => t.TextContent.Trim()));
        using var json = JsonDocument.Parse(await client.GetStringAsync($"/sites/{site}?period=day&handler=Export&card=pages&format=json&q=two"));
        var row = json.RootElement.GetProperty("rows").EnumerateArray().Single();
        Assert.Equal("/two", row.GetProperty("event:page").GetString());
        Assert.Equal(1, row.GetProperty("visitors").GetDouble());
        Assert.Contains("attachment", (await client.GetAsync($"/sites/{site}?handler=Export&card=pages&format=csv")).Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task A_row_filters_the_page_and_the_menu_keeps_period_and_filter()
    {
        var (client, site) = await WorldAsync();
        var page = await PageAsync(client, $"/sites/{site}/engagement?period=7d&f=is,event:page,/one");
        Assert.Contains(page.Html.QuerySelectorAll(".rail a"), a => Uri.UnescapeDataString(a.GetAttribute("href")!) == $"/sites/{site}/technology?period=7d&f=is,event:page,/one");
        Assert.Contains("Remove the filter: Page is /one", page.Body);
    }

    [Theory]
    [InlineData("compare=custom&cfrom=2026-01-01&cto=2026-01-31", "vs chosen days")]
    [InlineData("compare=custom&cfrom=x", "vs chosen days")]
    [InlineData("compare=year&weekday=on", "vs last year")]
    [InlineData("compare=off", "No comparison")]
    public async Task Any_comparison_gives_a_page(string query, string words)
    {
        var (client, site) = await WorldAsync();
        var page = await PageAsync(client, $"/sites/{site}?{query}");
        Assert.Contains(words, page.Main);
        Assert.DoesNotContain("could not be counted", page.Body);
    }

    [Fact]
    public async Task Events_are_listed_searched_and_explained()
    {
        var (client, site) = await WorldAsync();
        var list = await PageAsync(client, $"/sites/{site}/events?period=day&q=path:/two");
        var link = list.Html.QuerySelector(".event-list a")!.GetAttribute("href")!;
        Assert.Single(list.Html.QuerySelectorAll(".event-list tbody tr"));
        var detail = await PageAsync(client, link);
        Assert.Contains("Nothing speaks for a program.", detail.Main);
        Assert.Contains("/two", detail.Main);
        var wrong = await PageAsync(client, $"/sites/{site}/events?q=contry:DE");
        Assert.Contains("There is no field “contry”", wrong.Main);
        Assert.StartsWith("id,time,name", await client.GetStringAsync($"/sites/{site}/events?period=day&handler=Export"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/events/00000000-0000-0000-0000-000000000001")]
    [InlineData("?handler=Card&card=nope")]
    [InlineData("?handler=Export&card=nope&format=csv")]
    [InlineData("?handler=Export&card=pages&format=exe")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        var (client, site) = await WorldAsync();
        using var answer = await client.GetAsync($"/sites/{site}{path}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Every_page_of_the_menu_has_an_icon_and_keys_of_its_own()
    {
        Assert.All(Menu.Site, item => Assert.Contains(item.Icon, Icon.Names));
        Assert.Equal(Menu.Site.Count, Menu.Site.Select(i => i.Keys).Distinct().Count());
        Assert.All(ReportCatalog.All, report => Assert.Contains(Menu.Site, item => item.Path == report.Path));
    }

    async Task<(HttpClient Client, string Domain)> WorldAsync()
    {
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        await TestRows.InsertAsync(world.ClickHouse, [Row(site.Id, 1, "/one"), Row(site.Id, 2, "/one"), Row(site.Id, 2, "/two"), Row(site.Id, 3, "/=danger"), Row(site.Id, 4, "/one")], []);
        var cookies = await ReportPortal.SignInAsync(world.Portal, email);
        return (new HttpClient(cookies) { BaseAddress = new Uri(world.Portal.Urls.Single()) }, site.Domain);
    }

    static EventRow Row(int site, ulong visitor, string path) => new()
    {
        SiteId = site, EventId = Guid.NewGuid(), Timestamp = DateTime.UtcNow.AddSeconds(-2), ClientTimestamp = DateTime.UtcNow, ReceivedAt = DateTime.UtcNow,
        ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = visitor, VisitId = visitor, Name = "pageview", Path = path,
    };

    static async Task<Answer> PageAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        return new Answer(answer.StatusCode, null, body.Contains("<main", StringComparison.Ordinal) ? body : $"<main>{body}</main>", answer);
    }
}
