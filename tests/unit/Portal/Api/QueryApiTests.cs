using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Api;

public sealed class QueryApiTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    const string Visitors = """{"site_id":"SITE","metrics":["visitors","bounce_rate"],"date_range":"day","dimensions":["event:page"],"include":{"total_rows":true}}""";

    [Fact]
    public async Task A_key_reads_its_sites_by_domain_and_by_tracking_id()
    {
        var (site, _) = await world.NewTenantAsync("reads.example");
        var key = await world.NewKeyAsync(site, "stats:read");
        await VisitAsync(site.Id, "/a");
        foreach (var id in new[] { site.Domain, site.TrackingId })
        {
            var (status, answer) = await AskAsync(key, Visitors.Replace("SITE", id));
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal("""[{"dimensions":["/a"],"metrics":[1,null]}]""", answer.GetProperty("results").GetRawText());
            var meta = answer.GetProperty("meta");
            Assert.Equal(("raw", 1), (meta.GetProperty("source").GetString(), meta.GetProperty("total_rows").GetInt32()));
            Assert.NotEqual(JsonValueKind.Null, meta.GetProperty("freshness").ValueKind);
            Assert.Equal(id, answer.GetProperty("query").GetProperty("site_id").GetString());
        }
    }

    [Fact]
    public async Task Another_tenants_site_is_as_unknown_as_none()
    {
        var (mine, _) = await world.NewTenantAsync("mine.example");
        var (other, _) = await world.NewTenantAsync("other.example");
        var key = await world.NewKeyAsync(mine, "stats:read");
        var answers = new List<string>();
        foreach (var id in new[] { other.Domain, other.TrackingId, "nobody.example" })
        {
            var (status, answer) = await AskAsync(key, Visitors.Replace("SITE", id));
            Assert.Equal(HttpStatusCode.NotFound, status);
            answers.Add($"{answer.GetProperty("field")} {answer.GetProperty("detail")}");
        }
        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sk_0000000000000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task Without_a_valid_key_there_is_nothing(string? key)
    {
        var (status, _) = await AskAsync(key, Visitors);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_key_of_another_scope_does_not_read()
    {
        var (site, _) = await world.NewTenantAsync("scoped.example");
        var (status, _) = await AskAsync(await world.NewKeyAsync(site, "events:write"), Visitors.Replace("SITE", site.Domain));
        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Theory]
    [InlineData("""{"site_id":"SITE","metrics":["nope"],"date_range":"day"}""", "metrics[0]")]
    [InlineData("""{"metrics":["visitors"],"date_range":"day"}""", "site_id")]
    [InlineData("""{"site_id":"SITE","metrics":["visitors"],"date_range":"day","filters":[["matches","event:page",["(("]]]}""", "filters[0][2][0]")]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    public async Task A_mistake_is_named_by_its_field(string body, string field)
    {
        var (site, _) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        await VisitAsync(site.Id, "/a");
        var (status, answer) = await AskAsync(await world.NewKeyAsync(site, "stats:read"), body.Replace("SITE", site.Domain));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, answer.GetProperty("field").GetString());
        Assert.NotEqual("", answer.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_comparison_says_the_change()
    {
        var (site, _) = await world.NewTenantAsync("change.example");
        await VisitAsync(site.Id, "/a");
        var (_, answer) = await AskAsync(await world.NewKeyAsync(site, "stats:read"),
            """{"site_id":"change.example","metrics":["visitors","visits"],"date_range":"day","include":{"comparisons":{"mode":"previous_period"}}}""");
        var comparison = answer.GetProperty("results")[0].GetProperty("comparison");
        Assert.Equal("[null,0]", comparison.GetProperty("change").GetRawText());
    }

    Task VisitAsync(int site, string path) => TestRows.InsertAsync(world.ClickHouse,
    [
        new EventRow
        {
            SiteId = site, EventId = Guid.NewGuid(), Timestamp = DateTime.UtcNow, ClientTimestamp = DateTime.UtcNow, ReceivedAt = DateTime.UtcNow,
            ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = 1, VisitId = 1, Name = EventNames.PageView, Path = path,
        },
    ], []);

    async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string? key, string body)
    {
        using var client = new HttpClient { BaseAddress = new Uri(world.Portal.Urls.Single()) };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "text/plain");
        using var answer = await client.PostAsync("/api/v2/query", content);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }
}
