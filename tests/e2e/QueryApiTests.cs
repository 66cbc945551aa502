using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>The demo's history through <c>POST /api/v2/query</c>, with the key from <c>run.json</c>.</summary>
[Collection(DemoCollection.Name)]
public sealed class QueryApiTests(DemoProduct product)
{
    [Fact]
    public async Task The_key_of_the_demo_reads_its_history()
    {
        var answer = await QueryAsync(product.ApiKey, new { site_id = product.Site, date_range = "all", metrics = new[] { "events", "visits" } });
        var metrics = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results")[0].GetProperty("metrics");
        // Engagement is not counted in events, and bots are left out: what remains of 20,000 is well over a third.
        Assert.InRange(metrics[0].GetDouble(), 7_000, 21_000);
        Assert.InRange(metrics[1].GetDouble(), 1_000, metrics[0].GetDouble());
    }

    [Fact]
    public async Task A_page_filter_counts_less()
    {
        var all = await PageViewsAsync(null);
        var cart = await PageViewsAsync(new object[] { new object[] { "is", "event:page", new[] { "/cart" } } });
        Assert.InRange(cart, 1, all - 1);
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing() => Assert.Equal(
        HttpStatusCode.Unauthorized, (await QueryAsync("sk_wrong", new { site_id = product.Site, date_range = "all", metrics = new[] { "visits" } })).StatusCode);

    [Fact]
    public async Task A_wrong_metric_is_named()
    {
        var answer = await QueryAsync(product.ApiKey, new { site_id = product.Site, date_range = "all", metrics = new[] { "guesses" } });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("guesses", await answer.Content.ReadAsStringAsync());
    }

    async Task<double> PageViewsAsync(object? filters)
    {
        var answer = await QueryAsync(product.ApiKey, new { site_id = product.Site, date_range = "all", metrics = new[] { "pageviews" }, filters = filters ?? Array.Empty<object>() });
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results")[0].GetProperty("metrics")[0].GetDouble();
    }

    async Task<HttpResponseMessage> QueryAsync(string key, object query)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await http.PostAsJsonAsync($"{product.Portal}/api/v2/query", query);
    }
}
