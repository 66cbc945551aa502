using ClickHouse.Driver;
using SaaS.Analytics.Reports;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Reports;

public sealed class EventSearchTests(ReportWorld world) : IClassFixture<ReportWorld>
{
    static readonly string[] Columns =
        ["site_id", "event_id", "timestamp", "received_at", "visitor_id", "visit_id", "name", "hostname", "path", "title", "country", "browser", "revenue", "props", "bot_score"];

    static readonly TimeRange Month = new(ReportWorld.Now.AddDays(-30), ReportWorld.Now);

    [Theory]
    [InlineData("", "buy,home,cart,old")]
    [InlineData("path:/cart*", "buy,cart")]
    [InlineData("path:/cart", "cart")]
    [InlineData("country:de", "buy,home")]
    [InlineData("-country:DE", "cart,old")]
    [InlineData("revenue:>=99.5", "buy")]
    [InlineData("revenue:>99.5", "")]
    [InlineData("props.plan:pro", "buy,cart")]
    [InlineData("props.plan:*", "buy,cart,old")]
    [InlineData("-props.plan:*", "home")]
    [InlineData("WELCOME", "home")]
    [InlineData("\"100% wool\"", "old")]
    [InlineData("title:100%*", "old")]
    [InlineData("free", "old")]
    [InlineData("bot:true", "robot")]
    [InlineData("path:/cart* browser:Safari", "buy")]
    [InlineData("path:/cart* -browser:Safari", "cart")]
    [InlineData("path:_cart", "")]
    public async Task It_finds_what_is_asked_for_the_newest_first(string text, string ids)
    {
        var site = await SiteAsync();
        var found = await Search.FindAsync(new EventQuestion(site, Month) { Terms = EventSearchText.Parse(text) }, CancellationToken.None);
        Assert.Equal(ids.Split(',', StringSplitOptions.RemoveEmptyEntries), found.Select(f => f.Name));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat_even_within_a_millisecond()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        var at = ReportWorld.Now.AddDays(-3);
        await InsertAsync(Enumerable.Range(0, 10).Select(i => Row(site, $"e{i}", at.AddDays(-(i / 5)), "/")));
        var seen = new List<Guid>();
        EventPlace? before = null;
        while (true)
        {
            var page = await Search.FindAsync(new EventQuestion(site, Month) { Limit = 3, Before = before }, CancellationToken.None);
            if (page.Count == 0) break;
            seen.AddRange(page.Select(e => e.Id));
            before = new EventPlace(page[^1].At, page[^1].Id);
        }
        Assert.Equal(10, seen.Count);
        Assert.Equal(10, seen.Distinct().Count());
    }

    [Fact]
    public async Task One_event_is_told_with_all_that_is_kept_of_it_and_to_its_own_site_only()
    {
        var site = await SiteAsync();
        var found = (await Search.FindAsync(new EventQuestion(site, Month) { Terms = EventSearchText.Parse("name:buy") }, CancellationToken.None)).Single();
        var record = await Search.OneAsync(site, new TimeRange(found.At, found.At.AddMilliseconds(1)), found.Id, CancellationToken.None);
        Assert.Equal("/cart/pay", record!.Values["path"]);
        Assert.Equal("99.5", record.Values["revenue"].TrimEnd('0'));
        Assert.Equal("pro", record.Props["plan"]);
        Assert.Null(await Search.OneAsync(SampleSite.New(ReportWorld.NewSiteId()), Month, found.Id, CancellationToken.None));
    }

    EventSearch Search => new(world.Store);

    async Task<AuthorizedSite> SiteAsync()
    {
        var site = SampleSite.New(ReportWorld.NewSiteId());
        await InsertAsync(
        [
            Row(site, "buy", ReportWorld.Now.AddMinutes(-1), "/cart/pay", country: "DE", browser: "Safari", revenue: 99.5m, plan: "pro"),
            Row(site, "robot", ReportWorld.Now.AddMinutes(-2), "/", bot: 90),
            Row(site, "home", ReportWorld.Now.AddHours(-30), "/", title: "Welcome", country: "DE"),
            Row(site, "cart", ReportWorld.Now.AddDays(-9), "/cart", country: "FR", browser: "Firefox", plan: "pro"),
            Row(site, "old", ReportWorld.Now.AddDays(-29), "/wool", title: "100% wool", plan: "free"),
            Row(site, "too old", ReportWorld.Now.AddDays(-31), "/"),
        ]);
        return site;
    }

    async Task InsertAsync(IEnumerable<object?[]> rows)
    {
        using var client = new ClickHouseClient(world.Connection);
        await client.InsertBinaryAsync("events", Columns, rows!);
    }

    static object?[] Row(
        AuthorizedSite site, string name, DateTime at, string path, string title = "", string country = "", string browser = "", decimal? revenue = null, string plan = "", byte bot = 0) =>
    [
        (uint)site.Id, Guid.NewGuid(), at, at, 1UL, 1UL, name, "example.com", path, title, country, browser, revenue,
        plan.Length > 0 ? new Dictionary<string, string> { ["plan"] = plan } : [], bot,
    ];
}
