using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SaaS.Analytics.Events;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class BatchEndpointTests : IAsyncLifetime
{
    CollectorHost host = null!;

    public async Task InitializeAsync() => host = await CollectorHost.StartAsync();
    public async Task DisposeAsync() => await host.DisposeAsync();

    static string Batch(params string[] events) => $$"""{"writeKey":"{{CollectorHost.TrackingId}}","batch":[{{string.Join(',', events)}}]}""";

    const string PageView = """{"id":"0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01","name":"pageview","url":"https://www.example.com/a?b=c"}""";

    static async Task<JsonElement> Json(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    [Fact]
    public async Task An_accepted_event_is_in_the_spool_when_the_answer_arrives()
    {
        using var response = await host.PostAsync(Batch(PageView));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"accepted":1,"rejected":[]}""", await response.Content.ReadAsStringAsync());
        var e = Assert.Single(host.Records().Events());
        Assert.Equal(("pageview", "https://www.example.com/a?b=c"), (e.Name, e.Url));
        Assert.Equal(Guid.Parse("0b8f5b7e-6e0c-4b8e-9d0a-3f7f3a9d1c01"), e.Id);
        Assert.Equal(VisitorMode.Cookieless, e.Mode);
        Assert.NotEqual(0UL, e.CookielessId);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("image/png")]
    [InlineData("application/json; charset=utf-16")]
    public async Task The_content_type_says_nothing(string type)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Batch(PageView)));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(body)).StatusCode);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("zlib", "deflate")]
    [InlineData("raw", "deflate")]
    [InlineData("gzip", "")]
    public async Task Compressed_bodies_are_read(string how, string header)
    {
        var body = new ByteArrayContent(Compress(how, Encoding.UTF8.GetBytes(Batch(PageView))));
        if (header.Length > 0) body.Headers.ContentEncoding.Add(header);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(body)).StatusCode);
        Assert.Single(host.Records().Events());
    }

    [Fact]
    public async Task A_body_that_grows_beyond_4_MB_is_refused()
    {
        var body = new ByteArrayContent(Compress("gzip", new byte[5 * 1024 * 1024]));
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.PostAsync(body)).StatusCode);
    }

    [Fact]
    public async Task A_body_of_more_than_1_MB_is_refused() => Assert.Equal(
        HttpStatusCode.RequestEntityTooLarge,
        // Asks first: a client that is still sending when the connection ends may not hear why.
        (await host.PostAsync(new string(' ', 1024 * 1024 + 1), r => r.Headers.ExpectContinue = true)).StatusCode);

    [Fact]
    public async Task An_unknown_encoding_is_refused()
    {
        var body = new StringContent(Batch(PageView));
        body.Headers.ContentEncoding.Add("zstd");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.PostAsync(body)).StatusCode);
    }

    [Fact]
    public async Task Damaged_compression_is_a_malformed_body()
    {
        var body = new StringContent(Batch(PageView));
        body.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync(body)).StatusCode);
    }

    [Theory]
    [InlineData("""{"batch":[]}""", HttpStatusCode.Unauthorized, "/writeKey")]
    [InlineData("""{"writeKey":"st_nobody","batch":[]}""", HttpStatusCode.Unauthorized, "/writeKey")]
    [InlineData("""{"writeKey":"st_AAAAAAAAAAAAAAAA"}""", HttpStatusCode.BadRequest, "/batch")]
    [InlineData("""{"writeKey":"st_AAAAAAAAAAAAAAAA","batch":{}}""", HttpStatusCode.BadRequest, "/batch")]
    [InlineData("""{"writeKey":1,"batch":[]}""", HttpStatusCode.BadRequest, "/writeKey")]
    [InlineData("""[]""", HttpStatusCode.BadRequest, "")]
    public async Task Problems_name_the_field(string body, HttpStatusCode status, string path)
    {
        using var response = await host.PostAsync(body);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(path, (await Json(response)).GetProperty("path").GetString());
    }

    [Fact]
    public async Task An_empty_batch_is_fine()
    {
        using var response = await host.PostAsync(Batch());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(host.Records());
    }

    [Fact]
    public async Task A_bad_event_never_fails_its_batch()
    {
        using var response = await host.PostAsync(Batch("""{"url":"https://example.com/"}""", PageView, "7", """{"name":"old","timestamp":"2020-01-01T00:00:00Z"}"""));
        var answer = await Json(response);
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        var rejected = answer.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("code").GetString()));
        Assert.Equal([(0, "name_missing"), (2, "not_an_object"), (3, "too_old")], rejected);
        Assert.Single(host.Records().Events());
        Assert.Equal(["name_missing", "not_an_object", "too_old"], host.Records().Drops().Select(d => d.Reason));
    }

    [Fact]
    public async Task Events_beyond_500_are_rejected_and_the_rest_is_kept()
    {
        using var response = await host.PostAsync(Batch([.. Enumerable.Repeat("""{"name":"x"}""", 501)]));
        var answer = await Json(response);
        Assert.Equal(500, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(500, answer.GetProperty("rejected")[0].GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData("https://example.com/", true)]
    [InlineData("https://www.example.com:8443/x", true)]
    [InlineData("https://SHOP.example.net/", true)]
    [InlineData("https://notexample.com/", false)]
    [InlineData("https://example.com.evil.org/", false)]
    [InlineData("https://example.com@evil.org/", false)]
    [InlineData("http://localhost/", false)]
    [InlineData("file:///C:/page.html", false)]
    public async Task Foreign_hosts_are_excluded_but_answered_as_accepted(string url, bool own)
    {
        using var response = await host.PostAsync(Batch($$"""{"name":"pageview","url":"{{url}}"}"""));
        Assert.Equal(1, (await Json(response)).GetProperty("accepted").GetInt32());
        Assert.Equal(own ? 1 : 0, host.Records().Events().Count());
        if (!own) Assert.Equal(("excluded", "foreign_host", 1), host.Records().Drops().Select(d => (d.Outcome, d.Reason, d.Count)).Single());
    }

    [Theory]
    [InlineData("https://example.com/", "198.41.0.4", null)]
    [InlineData("https://example.com/", "203.0.113.9", "shield_ip")]
    [InlineData("https://example.com/", "1.128.0.1", "shield_country")]
    [InlineData("https://example.com/admin/users?x=1", "198.41.0.4", "shield_page")]
    [InlineData("https://example.com/a/../admin/users", "198.41.0.4", "shield_page")]
    [InlineData("https://test.example.com/", "198.41.0.4", "shield_hostname")]
    public async Task Shields_exclude_and_are_counted(string url, string address, string? reason)
    {
        using var response = await host.PostAsync(
            Batch($$"""{"name":"pageview","url":"{{url}}"}""").Replace(CollectorHost.TrackingId, CollectorHost.ShieldedId),
            r => r.Headers.TryAddWithoutValidation("X-Forwarded-For", address));
        Assert.Equal(1, (await Json(response)).GetProperty("accepted").GetInt32());
        Assert.Equal(reason is null ? 1 : 0, host.Records().Events().Count());
        Assert.Equal(reason is null ? [] : [("excluded", reason, 1)], host.Records().Drops().Select(d => (d.Outcome, d.Reason, d.Count)));
    }

    [Fact]
    public async Task A_suspended_tenant_gets_402_and_its_events_are_counted()
    {
        using var response = await host.PostAsync(Batch(PageView).Replace(CollectorHost.TrackingId, CollectorHost.SuspendedId));
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal(("over_quota", "suspended", 1), host.Records().Drops().Select(d => (d.Outcome, d.Reason, d.Count)).Single());
    }

    [Fact]
    public async Task A_server_key_must_be_known()
    {
        using var good = await host.PostAsync(Batch("""{"name":"x","userId":"u1"}"""), r => r.Headers.Authorization = new AuthenticationHeaderValue("Bearer", CollectorHost.ServerKey));
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
        Assert.Equal(0UL, host.Records().Events().Single().CookielessId);
        using var bad = await host.PostAsync(Batch(PageView), r => r.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk_other"));
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
    }

    [Fact]
    public async Task Any_origin_may_ask_and_preflights_are_cached()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/batch");
        using var response = await host.Client.SendAsync(request);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("7200", response.Headers.GetValues("Access-Control-Max-Age").Single());
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        using var refused = await host.PostAsync("nonsense");
        Assert.Equal("*", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("Retry-After", refused.Headers.GetValues("Access-Control-Expose-Headers").Single());
    }

    [Fact]
    public async Task Health_answers()
    {
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/ready")).StatusCode);
    }

    static byte[] Compress(string how, byte[] plain)
    {
        using var to = new MemoryStream();
        using (Stream stream = how switch
        {
            "gzip" => new GZipStream(to, CompressionLevel.Optimal),
            "br" => new BrotliStream(to, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(to, CompressionLevel.Optimal),
            _ => new DeflateStream(to, CompressionLevel.Optimal),
        }) stream.Write(plain);
        return to.ToArray();
    }
}
