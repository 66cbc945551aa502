using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parquet;
using SaaS.Analytics.Data;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tenancy;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Api;

/// <summary>Goals, costs and raw events by key.</summary>
public sealed class GoalApiTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    [Fact]
    public async Task Goals_are_filters_and_conversions_are_divided_by_everybody()
    {
        var site = await SiteAsync();
        var key = await world.NewKeyAsync(site, ApiScopes.StatsRead);
        // 4 visitors; 1 and 2 bought, 1 twice; 3 read /long to 92 %.
        Assert.Equal("[2,3,2,50]", await MetricsAsync(key, site, """["visitors","events","conversions","conversion_rate"]""", """["is","event:goal",["Purchase"]]"""));
        Assert.Equal("[1,25]", await MetricsAsync(key, site, """["visitors","conversion_rate"]""", """["is","event:goal",["Read"]]"""));
        Assert.Equal("[3]", await MetricsAsync(key, site, """["visitors"]""", """["contains","event:goal",["Pur","Read"]]"""));
        Assert.Equal("[2]", await MetricsAsync(key, site, """["visitors"]""", """["has_not_done",["is","event:goal",["Purchase"]]]"""));
    }

    [Theory]
    [InlineData("""["conversion_rate"]""", "[]", "metrics[0]")]
    [InlineData("""["visitors"]""", """[["is","event:goal",["Gone"]]]""", "filters[0][2][0]")]
    [InlineData("""["visitors"]""", """[["matches","event:goal",["P.*"]]]""", "filters[0]")]
    public async Task What_is_wrong_about_goals_is_named(string metrics, string filters, string field)
    {
        var site = await SiteAsync();
        var (status, answer) = await AskAsync(await world.NewKeyAsync(site, ApiScopes.StatsRead), Query(site, metrics, filters));
        Assert.Equal((HttpStatusCode.BadRequest, field), (status, answer.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Costs_are_imported_by_key_and_a_file_twice_counts_once()
    {
        var (site, other) = (await SiteAsync(), await SiteAsync());
        var key = await world.NewKeyAsync(site, ApiScopes.SitesAdmin);
        const string csv = "date,campaign,cost\n2026-11-01,spring,1.5\n2026-11-02,spring,2\n";
        for (var twice = 0; twice < 2; twice++) Assert.Equal((HttpStatusCode.OK, """{"rows":2,"from":"2026-11-01","to":"2026-11-02"}"""), await ImportAsync(key, site, csv));
        await using (var db = await SystemAsync()) Assert.Equal(3.5m, await db.AdCosts.Where(c => c.SiteId == site.Id).SumAsync(c => c.Cost));
        Assert.Equal(HttpStatusCode.NotFound, (await ImportAsync(key, other, csv)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ImportAsync(await world.NewKeyAsync(site, ApiScopes.StatsRead), site, csv)).Status);
        Assert.Contains("is no date like 2026-11-30", (await ImportAsync(key, site, "date,campaign,cost\n1.11.2026,a,1\n")).Body);
    }

    [Fact]
    public async Task Raw_events_are_exported_by_day_and_go_on_where_they_were_cut()
    {
        var (site, other) = (await SiteAsync(), await SiteAsync());
        var key = await world.NewKeyAsync(site, ApiScopes.ExportRead);
        var days = JsonDocument.Parse(await GetAsync(key, $"/api/v1/export/days?site_id={site.Domain}")).RootElement;
        Assert.Equal(8, days.GetProperty("events").GetInt64());
        var lines = new List<JsonElement>();
        foreach (var day in days.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("day").GetString()))
            lines.AddRange(Lines(await GetAsync(key, $"/api/v1/export?site_id={site.Domain}&day={day}")));
        Assert.Equal(8, lines.Select(l => l.GetProperty("event_id").GetString()).Distinct().Count());
        Assert.Equal(["Buy", "Buy", "Buy"], lines.Select(l => l.GetProperty("name").GetString()!).Where(n => n == "Buy"));
        Assert.Equal("pro", lines.First(l => l.GetProperty("name").GetString() == "Buy").GetProperty("props").GetProperty("plan").GetString());
        var (today, cut) = (lines[3].GetProperty("timestamp").GetString()![..10], lines[3]);
        var rest = Lines(await GetAsync(key, $"/api/v1/export?site_id={site.Domain}&day={today}&after={cut.GetProperty("timestamp").GetString()},{cut.GetProperty("event_id").GetString()}"));
        Assert.Equal(lines.Skip(4).Where(l => l.GetProperty("timestamp").GetString()!.StartsWith(today, StringComparison.Ordinal)).Select(Id), rest.Select(Id));
        using var file = new MemoryStream(await BytesAsync(key, $"/api/v1/export?site_id={site.Domain}&day={today}&format=parquet"));
        await using var parquet = await ParquetReader.CreateAsync(file);
        Assert.Equal(lines.Count(l => l.GetProperty("timestamp").GetString()!.StartsWith(today, StringComparison.Ordinal)), parquet.OpenRowGroupReader(0).RowCount);
        using var client = Client(key);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/export/days?site_id={other.Domain}")).StatusCode);
        using var narrow = Client(await world.NewKeyAsync(site, ApiScopes.StatsRead));
        Assert.Equal(HttpStatusCode.Forbidden, (await narrow.GetAsync($"/api/v1/export/days?site_id={site.Domain}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"/api/v1/export?site_id={site.Domain}&day={today}&after=x")).StatusCode);
    }

    static string Id(JsonElement line) => line.GetProperty("event_id").GetString()!;

    static List<JsonElement> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    async Task<Site> SiteAsync()
    {
        var (site, _) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        await using (var db = await SystemAsync())
        {
            db.Goals.AddRange(Goal(site, "Purchase", GoalKind.Event, "Buy"), Goal(site, "Read", GoalKind.Scroll, "/long"));
            await db.SaveChangesAsync();
        }
        var at = DateTime.UtcNow.AddMilliseconds(-500);
        EventRow Event(ulong visitor, string name, string path, byte scroll = 0) => new()
        {
            SiteId = site.Id, EventId = Guid.NewGuid(), Timestamp = at, ClientTimestamp = at, ReceivedAt = at, ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = visitor, VisitId = visitor,
            Name = name, Path = path, ScrollDepth = scroll, EngagementMs = scroll * 100U, Props = name == "Buy" ? [KeyValuePair.Create("plan", "pro")] : [],
        };
        await TestRows.InsertAsync(world.ClickHouse,
            [
                Event(1, EventNames.PageView, "/"), Event(2, EventNames.PageView, "/"), Event(3, EventNames.PageView, "/long"), Event(4, EventNames.PageView, "/"),
                Event(1, "Buy", "/"), Event(1, "Buy", "/"), Event(2, "Buy", "/"), Event(3, EventNames.Engagement, "/long", 92),
            ],
            Enumerable.Range(1, 4).Select(v => new VisitRow
            {
                SiteId = site.Id, VisitorId = (ulong)v, VisitId = (ulong)v, Version = 1, FirstReceivedAt = at, Start = at, End = at, Pageviews = 1, VisitNumber = 1,
            }));
        return site;
    }

    static Goal Goal(Site site, string name, GoalKind kind, string target) => new()
    {
        Id = Guid.NewGuid(), TenantId = site.TenantId, SiteId = site.Id, Name = name, Kind = kind, Target = target, ScrollDepth = kind == GoalKind.Scroll ? 90 : 0, CreatedAt = DateTime.UtcNow,
    };

    async Task<SystemDb> SystemAsync() => await world.Portal.Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();

    static string Query(Site site, string metrics, string filters) => $$"""{"site_id":"{{site.Domain}}","date_range":"24h","metrics":{{metrics}},"filters":{{filters}}}""";

    async Task<string> MetricsAsync(string key, Site site, string metrics, string filter)
    {
        var (status, answer) = await AskAsync(key, Query(site, metrics, $"[{filter}]"));
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("results")[0].GetProperty("metrics").GetRawText();
    }

    async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string key, string body)
    {
        using var client = Client(key);
        using var answer = await client.PostAsync("/api/v2/query", new StringContent(body, Encoding.UTF8, "application/json"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    async Task<(HttpStatusCode Status, string Body)> ImportAsync(string key, Site site, string csv)
    {
        using var client = Client(key);
        using var answer = await client.PostAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/ad-costs?site_id={site.Domain}&currency=eur"), new StringContent(csv, Encoding.UTF8, "text/csv"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    async Task<string> GetAsync(string key, string url) => Encoding.UTF8.GetString(await BytesAsync(key, url));

    async Task<byte[]> BytesAsync(string key, string url)
    {
        using var client = Client(key);
        using var answer = await client.GetAsync(url);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, Encoding.UTF8.GetString(body));
        return body;
    }

    HttpClient Client(string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(world.Portal.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
