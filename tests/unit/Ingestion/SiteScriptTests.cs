using System.Net;
using System.Net.Http.Headers;

namespace SaaS.Analytics.Tests.Ingestion;

public sealed class SiteScriptTests : IAsyncLifetime
{
    CollectorHost host = null!;

    public async Task InitializeAsync() => host = await CollectorHost.StartAsync();
    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task The_script_names_its_site_and_may_be_cached_for_a_minute()
    {
        using var response = await host.Client.GetAsync($"/js/{CollectorHost.TrackingId}.js");
        Assert.Contains(CollectorHost.TrackingId, await response.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("cross-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/js/{CollectorHost.TrackingId}.js");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await host.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task The_script_is_compressed(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/js/{CollectorHost.TrackingId}.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        using var response = await host.Client.SendAsync(request);
        Assert.Equal([encoding], response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task An_unknown_site_says_so_in_a_comment()
    {
        using var response = await host.Client.GetAsync("/js/st_ZZZZ.js");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("// There is no site", await response.Content.ReadAsStringAsync());
    }
}
