using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Parquet;
using SaaS.Analytics.Events;
using SaaS.Analytics.Store;
using SaaS.Analytics.Tests.Reports;

namespace SaaS.Analytics.Tests.Portal.Api;

public sealed class QueryFormatTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    const string Body = """{"site_id":"SITE","metrics":["visitors","bounce_rate"],"date_range":"day","dimensions":["event:page"]}""";
    const string Odd = "/a \"quoted\", comma";

    [Fact]
    public async Task The_same_rows_come_as_csv_lines_and_parquet()
    {
        var (site, _) = await world.NewTenantAsync("formats.example");
        var key = await world.NewKeyAsync(site, "stats:read");
        await VisitAsync(site.Id, Odd, 1, 2);
        await VisitAsync(site.Id, "/b", 1);
        Assert.Equal("event:page,visitors,bounce_rate\r\n\"/a \"\"quoted\"\", comma\",2,\r\n/b,1,\r\n", await TextAsync(key, site.Domain, "text/csv"));
        var lines = (await TextAsync(key, site.Domain, "application/x-ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal([Odd, "/b"], lines.Select(l => l.GetProperty("event:page").GetString()));
        Assert.Equal([2, 1], lines.Select(l => l.GetProperty("visitors").GetDouble()));
        using var parquet = new MemoryStream(await BytesAsync(key, site.Domain, "application/vnd.apache.parquet"));
        await using var reader = await ParquetReader.CreateAsync(parquet);
        Assert.Equal(["event:page", "visitors", "bounce_rate"], reader.Schema.DataFields.Select(f => f.Name));
        Assert.Equal(1, reader.RowGroupCount);
        Assert.Equal(2, reader.OpenRowGroupReader(0).RowCount);
    }

    [Fact]
    public async Task The_schema_is_that_of_the_planners_lists()
    {
        using var client = new HttpClient { BaseAddress = new Uri(world.Portal.Urls.Single()) };
        var schema = JsonDocument.Parse(await client.GetStringAsync("/api/v2/schema")).RootElement;
        Assert.Equal(SaaS.Analytics.Reports.Metrics.All.Select(m => m.Key), schema.GetProperty("metrics").EnumerateArray().Select(m => m.GetProperty("key").GetString()));
        Assert.Equal(SaaS.Analytics.Reports.Dimensions.All.Select(d => d.Key).Append("event:props:*"), schema.GetProperty("dimensions").EnumerateArray().Select(m => m.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Explain_says_what_was_read_and_why()
    {
        var (site, _) = await world.NewTenantAsync("explains.example");
        var answer = JsonDocument.Parse(await TextAsync(await world.NewKeyAsync(site, "stats:read"), site.Domain, "application/json", Body.Replace("}", ""","include":{"explain":true}}"""))).RootElement;
        var explain = answer.GetProperty("meta").GetProperty("explain");
        Assert.Equal(("raw", "a week or less is read raw"), (explain.GetProperty("source").GetString(), explain.GetProperty("why").GetString()));
        Assert.Contains("FROM events AS e", explain.GetProperty("sql").GetString());
    }

    [Theory]
    [InlineData("""["is","segment",[99]]""", "filters[0][2][0]")]
    [InlineData("""["and",[["is","event:page",["/"]],["matches","event:page",["ok","(("]]]]""", "filters[0][1][1][2][1]")]
    public async Task What_only_the_stores_know_to_be_wrong_is_named_too(string filter, string field)
    {
        var (site, _) = await world.NewTenantAsync($"{Guid.NewGuid():n}.example");
        using var answer = await SendAsync(await world.NewKeyAsync(site, "stats:read"), "application/json", $$"""{"site_id":"{{site.Domain}}","metrics":["visitors"],"date_range":"day","filters":[{{filter}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("field").GetString());
    }

    Task VisitAsync(int site, string path, params ulong[] visitors) => TestRows.InsertAsync(world.ClickHouse, visitors.Select(v => new EventRow
    {
        SiteId = site, EventId = Guid.NewGuid(), Timestamp = DateTime.UtcNow, ClientTimestamp = DateTime.UtcNow, ReceivedAt = DateTime.UtcNow,
        ChunkId = Guid.Empty, ChunkIndex = 0, VisitorId = v, VisitId = v, Name = EventNames.PageView, Path = path,
    }), []);

    async Task<string> TextAsync(string key, string site, string accept, string body = Body) => System.Text.Encoding.UTF8.GetString(await BytesAsync(key, site, accept, body));

    async Task<byte[]> BytesAsync(string key, string site, string accept, string body = Body)
    {
        using var answer = await SendAsync(key, accept, body.Replace("SITE", site));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(accept, answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    async Task<HttpResponseMessage> SendAsync(string key, string accept, string body)
    {
        using var client = new HttpClient { BaseAddress = new Uri(world.Portal.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        using var content = new StringContent(body);
        return await client.PostAsync("/api/v2/query", content);
    }
}
