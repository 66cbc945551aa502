using System.Globalization;
using System.Net;
using ClickHouse.Driver;

namespace SaaS.Analytics.Tests.Portal.Reports;

/// <summary>A day of four visitors: 1 and 2 bought for 10 and 20 EUR, 1 twice; 3 read to the end; 4 only looked. 1 and 3 came by the campaign.</summary>
public sealed class GoalPagesTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    static readonly string[] EventColumns =
        ["site_id", "event_id", "timestamp", "received_at", "visitor_id", "visitor_mode", "visit_id", "name", "path", "props", "revenue", "currency", "scroll_depth", "engagement_ms", "ad_id"];

    static readonly string[] VisitColumns = ["site_id", "visitor_id", "visit_id", "version", "merged_into", "first_received_at", "start", "end", "visit_number", "pageviews", "entry_path", "utm_campaign", "utm_source"];

    [Fact]
    public async Task Goals_are_set_counted_changed_and_removed()
    {
        var (client, site) = await SiteAsync();
        Assert.Contains("There is no goal yet", (await GetAsync(client, $"/sites/{site}/goals")).Main);
        await AddAsync(client, site, ("Kind", "Event"), ("Target", "Buy"), ("Currency", "eur"));
        await AddAsync(client, site, ("Kind", "Event"), ("Target", "Buy"), ("Name", "Buy pro"), ("PropertyKey", "plan"), ("PropertyValue", "pro"));
        await AddAsync(client, site, ("Kind", "Page"), ("Target", "/blog/**"));
        await AddAsync(client, site, ("Kind", "Page"), ("Target", "/blog/*"));
        await AddAsync(client, site, ("Kind", "Scroll"), ("Target", "/blog/a/long"), ("ScrollDepth", "88"));
        var page = await GetAsync(client, $"/sites/{site}/goals?period=day");
        Assert.Equal(
        [
            "Buy pro|1|25%|1|–|–",
            "Buy|2|50%|3|40.00\u00a0EUR|13.33\u00a0EUR",
            "Read 90% of /blog/a/long|1|25%|–|–|–",
            "Visit /blog/**|1|25%|1|–|–",
            "Visit /blog/*|0|0%|0|–|–",
        ], page.Html.QuerySelectorAll("tbody tr").Select(r => string.Join('|', r.Children.Take(6).Select(c => c.TextContent.Trim()))).Order(StringComparer.Ordinal));
        Assert.Contains("4 visitors in all", page.Main);
        var edit = page.Html.QuerySelectorAll("tbody a").First(a => a.TextContent.Contains("Edit Buy pro", StringComparison.Ordinal) || a.TextContent.Contains("Buy pro", StringComparison.Ordinal) && a.TextContent.StartsWith("Edit", StringComparison.Ordinal)).GetAttribute("href")!;
        await AddAsync(client, site, edit.Split('#')[0], ("Target", "Nothing"), ("Name", "Renamed"));
        Assert.Contains("Renamed", (await GetAsync(client, $"/sites/{site}/goals")).Main);
        var again = await AddAsync(client, site, ("Kind", "Event"), ("Target", "x"), ("Name", "Renamed"));
        Assert.Contains("There is a goal called “Renamed” already.", again.Main);
    }

    [Theory]
    [InlineData("Page", "thanks", "", "A page begins with a slash")]
    [InlineData("Event", "", "", "Enter a page like /thanks")]
    [InlineData("Event", "Buy", "E1R", "three letters")]
    public async Task What_is_no_goal_is_explained(string kind, string target, string currency, string error)
    {
        var (client, site) = await SiteAsync();
        Assert.Contains(error, (await AddAsync(client, site, ("Kind", kind), ("Target", target), ("Currency", currency))).Body);
    }

    [Fact]
    public async Task Every_report_can_be_filtered_by_a_goal()
    {
        var (client, site) = await SiteAsync();
        await AddAsync(client, site, ("Kind", "Event"), ("Target", "Buy"));
        Assert.Equal("2", (await GetAsync(client, $"/sites/{site}?period=day&f=is,event:goal,Buy")).Html.QuerySelector("#tile-visitors .tile-value")!.TextContent);
        Assert.Equal("2", (await GetAsync(client, $"/sites/{site}?period=day&f=is_not,event:goal,Buy")).Html.QuerySelector("#tile-visitors .tile-value")!.TextContent);
        Assert.Equal("0", (await GetAsync(client, $"/sites/{site}?period=day&f=is,event:goal,Gone")).Html.QuerySelector("#tile-visitors .tile-value")!.TextContent);
    }

    [Fact]
    public async Task A_campaign_is_shown_with_its_conversions_revenue_and_cost()
    {
        var (client, site) = await SiteAsync();
        await AddAsync(client, site, ("Kind", "Event"), ("Target", "Buy"), ("Currency", "EUR"));
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var twice = 0; twice < 2; twice++)
            Assert.Equal(HttpStatusCode.Redirect, (await ImportAsync(client, site, $"date,campaign,cost,clicks\n{today},spring,6,3\n{today},unseen,1,\n")).Status);
        var page = await GetAsync(client, $"/sites/{site}/campaigns?period=day");
        Assert.Equal(["spring|2|1|50%|20.00\u00a0EUR|6.00\u00a0EUR|2.00\u00a0EUR|6.00\u00a0EUR|3.33×", "unseen|0|0|–|0.00\u00a0EUR|1.00\u00a0EUR|–|–|0.00×"],
            page.Html.QuerySelectorAll("[data-part=campaigns] tbody tr").Select(r => string.Join('|', r.Children.Where((_, i) => i != 2).Select(c => c.TextContent.Trim()))));
        Assert.Contains("is no amount like 12.50", (await ImportAsync(client, site, $"date,campaign,cost\n{today},spring,many\n")).Body);
    }

    [Fact]
    public async Task Hits_on_ads_count_from_the_third_on()
    {
        var (client, site) = await SiteAsync();
        var page = await GetAsync(client, $"/sites/{site}/campaigns?period=day");
        // 2 impressions by 2 visitors; visitor 1 hit 3 times, visitor 2 twice: 5 raw hits, 1 counted clicker with 3 counted hits.
        Assert.Equal(["banner|2|2|5|1|3|150%"], page.Html.QuerySelectorAll("[data-part=ads] tbody tr").Select(r => string.Join('|', r.Children.Select(c => c.TextContent.Trim()))));
    }

    static async Task<Answer> AddAsync(HttpClient client, string site, params (string Name, string Value)[] fields) => await AddAsync(client, site, $"/sites/{site}/goals", fields);

    static async Task<Answer> AddAsync(HttpClient client, string site, string path, params (string Name, string Value)[] fields)
    {
        var form = (await GetAsync(client, path)).Html.QuerySelector("#goal form")!;
        var values = form.QuerySelectorAll("input").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        values["Form.Kind"] = form.QuerySelector("option[selected]")?.GetAttribute("value") ?? "Page";
        foreach (var (name, value) in fields) values["Form." + name] = value;
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(values));
        return await Answer.ReadAsync(answer);
    }

    static async Task<Answer> ImportAsync(HttpClient client, string site, string csv)
    {
        var form = (await GetAsync(client, $"/sites/{site}/campaigns")).Html.QuerySelector("#costs form")!;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("EUR"), "currency" },
            { new StringContent(csv), "file", "costs.csv" },
        };
        using var answer = await client.PostAsync(form.GetAttribute("action"), content);
        return await Answer.ReadAsync(answer);
    }

    async Task<(HttpClient Client, string Domain)> SiteAsync()
    {
        var (site, email) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        var at = DateTime.UtcNow.AddSeconds(-2);
        object?[] Event(ulong visitor, string name, string path, string plan = "", decimal? revenue = null, byte scroll = 0, string ad = "") =>
        [
            (uint)site.Id, Guid.NewGuid(), at, at, visitor, "consented", visitor, name, path, plan.Length > 0 ? new Dictionary<string, string> { ["plan"] = plan } : [],
            revenue, revenue is null ? "" : "EUR", scroll, scroll > 0 ? 5000U : 0U, ad,
        ];
        object?[][] events =
        [
            Event(1, "pageview", "/"), Event(2, "pageview", "/"), Event(3, "pageview", "/blog/a/long"), Event(4, "pageview", "/"),
            Event(1, "Buy", "/", "pro", 10), Event(1, "Buy", "/", "free", 10), Event(2, "Buy", "/", "free", 20), Event(3, "engagement", "/blog/a/long", scroll: 92), Event(4, "engagement", "/", scroll: 100),
            Event(1, "ad_impression", "/", ad: "banner"), Event(2, "ad_impression", "/", ad: "banner"),
            .. Enumerable.Range(0, 3).Select(_ => Event(1, "ad_click", "/", ad: "banner")), .. Enumerable.Range(0, 2).Select(_ => Event(2, "ad_click", "/", ad: "banner")),
        ];
        using var clickHouse = new ClickHouseClient(world.ClickHouse);
        await clickHouse.InsertBinaryAsync("events", EventColumns, events!);
        await clickHouse.InsertBinaryAsync("visits", VisitColumns, Enumerable.Range(1, 4).Select(v => new object[]
        {
            (uint)site.Id, (ulong)v, (ulong)v, 1UL, 0UL, at, at, at.AddSeconds(1), 1U, 1U, "/", v is 1 or 3 ? "spring" : "", v is 1 or 3 ? "google" : "",
        }));
        var cookies = await ReportPortal.SignInAsync(world.Portal, email);
        return (new HttpClient(cookies) { BaseAddress = new Uri(world.Portal.Urls.Single()) }, site.Domain);
    }

    static async Task<Answer> GetAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Answer.ReadAsync(answer);
    }
}
