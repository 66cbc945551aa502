using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SaaS.Analytics.Tests.Portal.Api;

/// <summary>A site's tags over HTTP, as a program changes them.</summary>
public sealed class TagsApiTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_program_makes_a_tag_with_its_trigger_and_variable_publishes_it_and_goes_back()
    {
        var (api, _, _) = await WithSiteAsync();
        Assert.Equal(201, (await api.SendAsync("POST", "/variables", """{"kind":"layer","name":"Plan","settings":{"name":"plan"}}""")).Status);
        var trigger = await api.SendAsync("POST", "/triggers", """{"kind":"custom","name":"Bought","settings":{"name":"bought"},"options":{"when":[{"variable":"Plan","operator":"equals","value":"pro"}]}}""");
        var number = trigger.Json.GetProperty("number").GetInt32();
        var tag = await api.SendAsync("POST", "/tags", $$$"""{"kind":"event","name":"Purchase","settings":{"name":"Bought {{Plan}}"},"options":{"on":[{{{number}}}],"needs":["ads"]}}""");
        Assert.Equal(201, tag.Status);
        Assert.EndsWith($"/tags/{tag.Json.GetProperty("number").GetInt32()}", tag.Location);
        Assert.Equal("API key “Deploy”", tag.Json.GetProperty("changed_by").GetString());
        var first = await api.SendAsync("POST", "/versions", """{"environment":"live","name":"First"}""");
        Assert.Equal("""{"version":1,"environment":"live"}""", first.Body);

        var changed = await api.SendAsync("PUT", $"/tags/{tag.Json.GetProperty("number").GetInt32()}", """{"name":"Purchase","settings":{"name":"Other"},"options":{"on":[-1]}}""", tag.ETag);
        Assert.Equal((200, "Other"), (changed.Status, changed.Json.GetProperty("settings").GetProperty("name").GetString()));
        Assert.Equal(2, (await api.SendAsync("POST", "/versions", "{}")).Json.GetProperty("version").GetInt32());
        Assert.Equal("""{"version":1,"environment":"live"}""", (await api.SendAsync("PUT", "/environments/live", """{"version":1}""")).Body);
        var environments = (await api.SendAsync("GET", "/environments")).Json.GetProperty("results");
        Assert.Equal(1, environments[0].GetProperty("version").GetInt32());
        var version = (await api.SendAsync("GET", "/versions/1")).Json;
        Assert.Equal(3, version.GetProperty("content").GetProperty("items").GetArrayLength());
        Assert.Equal([1, 2], (await api.SendAsync("GET", "/versions")).Json.GetProperty("results").EnumerateArray().Select(v => v.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Lists_are_paged()
    {
        var (api, _, _) = await WithSiteAsync();
        for (var i = 0; i < 5; i++) await api.SendAsync("POST", "/variables", $$"""{"kind":"title","name":"V{{i}}"}""");
        var names = new List<string>();
        for (var after = (int?)0; after is not null;)
        {
            var page = (await api.SendAsync("GET", $"/variables?limit=2&after={after}")).Json;
            names.AddRange(page.GetProperty("results").EnumerateArray().Select(v => v.GetProperty("name").GetString()!));
            after = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetInt32();
        }
        Assert.Equal(["V0", "V1", "V2", "V3", "V4"], names);
        foreach (var (query, field) in new[] { ("limit=0", "limit"), ("limit=1000", "limit"), ("after=x", "after") })
            Assert.Equal((400, field), await WrongAsync(api, "GET", $"/variables?{query}"));
    }

    [Fact]
    public async Task Somebody_who_was_faster_is_not_overwritten_and_what_is_used_is_not_deleted()
    {
        var (api, _, _) = await WithSiteAsync();
        var variable = await api.SendAsync("POST", "/variables", """{"kind":"title","name":"Plan"}""");
        var path = $"/variables/{variable.Json.GetProperty("number").GetInt32()}";
        await api.SendAsync("POST", "/tags", """{"kind":"event","name":"T","settings":{"name":"x {{Plan}}"}}""");
        Assert.Equal(409, (await api.SendAsync("DELETE", path)).Status);
        Assert.Equal((412, "If-Match"), await WrongAsync(api, "DELETE", "/tags/2", match: "\"1\""));
        Assert.Equal((409, "name"), await WrongAsync(api, "POST", "/variables", """{"kind":"title","name":"Plan"}"""));
        Assert.Equal((428, "If-Match"), await WrongAsync(api, "PUT", path, """{"name":"Tier"}"""));
        Assert.Equal(200, (await api.SendAsync("PUT", path, """{"name":"Tier"}""", variable.ETag)).Status);
        Assert.Equal((412, "If-Match"), await WrongAsync(api, "PUT", path, """{"name":"Rank"}""", variable.ETag));
        Assert.Equal("x {{Tier}}", (await api.SendAsync("GET", "/tags")).Json.GetProperty("results")[0].GetProperty("settings").GetProperty("name").GetString());
        await api.SendAsync("DELETE", "/tags/2");
        Assert.Equal(204, (await api.SendAsync("DELETE", path)).Status);
        Assert.Equal(404, (await api.SendAsync("GET", path)).Status);
    }

    [Theory]
    [InlineData("/tags", "not json", 400, "$")]
    [InlineData("/tags", "[]", 400, "")]
    [InlineData("/tags", """{"kind":"event","name":5}""", 400, "")]
    [InlineData("/tags", """{"kind":"event","name":"A","settings":{"name":"x"},"options":{"on":null}}""", 400, "")]
    [InlineData("/tags", """{"kind":"nothing","name":"A"}""", 422, "kind")]
    [InlineData("/tags", """{"kind":"event","name":"","settings":{"name":"x"}}""", 422, "name")]
    [InlineData("/tags", """{"kind":"event","name":"A"}""", 422, "settings.name")]
    [InlineData("/tags", """{"kind":"event","name":"A","settings":{"name":"{{None}}"}}""", 422, "variables")]
    [InlineData("/tags", """{"kind":"image","name":"A","settings":{"url":"javascript:alert(1)"}}""", 422, "settings.url")]
    [InlineData("/tags", """{"kind":"html","name":"A","settings":{"html":"<b>"}}""", 403, "kind")]
    [InlineData("/tags", """{"kind":"js","name":"A","settings":{"code":"a()"}}""", 403, "kind")]
    [InlineData("/triggers", """{"kind":"pageview","name":"A","options":{"when":[{"variable":"Page Path","operator":"regex","value":"(a+)+$"}]}}""", 422, "when")]
    [InlineData("/versions", """{"environment":"none"}""", 422, "")]
    public async Task What_is_wrong_is_named(string path, string body, int status, string field)
    {
        var (api, _, _) = await WithSiteAsync();
        var wrong = await WrongAsync(api, "POST", path, body);
        Assert.Equal(status, wrong.Status);
        if (field != "$") Assert.Equal(field, wrong.Field);
    }

    [Fact]
    public async Task Keys_without_the_scope_and_other_tenants_reach_nothing()
    {
        var (api, owner, domain) = await WithSiteAsync();
        await api.SendAsync("POST", "/variables", """{"kind":"title","name":"Mine"}""");
        var reader = new Api(portal.Url, domain, await KeyAsync(owner, "stats:read"));
        var (other, _, _) = await WithSiteAsync();
        var stranger = new Api(portal.Url, domain, other.Key);
        foreach (var (method, path) in new[] { ("GET", "/tags"), ("GET", "/variables/1"), ("POST", "/tags"), ("PUT", "/variables/1"), ("DELETE", "/variables/1"), ("GET", "/versions"), ("POST", "/versions"), ("GET", "/environments"), ("PUT", "/environments/live") })
        {
            Assert.Equal(403, (await reader.SendAsync(method, path, "{}")).Status);
            Assert.Equal(404, (await stranger.SendAsync(method, path, "{}")).Status);
            Assert.Equal(401, (await new Api(portal.Url, domain, "sk_none").SendAsync(method, path, "{}")).Status);
        }
        Assert.Equal(200, (await api.SendAsync("GET", "/variables/1")).Status);
    }

    [Fact]
    public async Task A_key_publishes_no_code_that_nobody_confirmed_there()
    {
        var (api, owner, domain) = await WithSiteAsync();
        var root = $"/sites/{domain}/tags";
        await owner.SendAsync(root + "/tag/0?kind=html", new() { ["name"] = "H", ["s.html"] = "<b>x</b>", ["on"] = "-1", ["confirm"] = "on" });
        var refused = await api.SendAsync("POST", "/versions", "{}");
        Assert.Equal(422, refused.Status);
        Assert.Contains("runs code of your own", refused.Body);
        await owner.SendAsync(root + "/publish", []);
        Assert.Equal(201, (await api.SendAsync("POST", "/tags", """{"kind":"event","name":"E","settings":{"name":"x"},"options":{"on":[-1]}}""")).Status);
        Assert.Equal("""{"version":2,"environment":"live"}""", (await api.SendAsync("POST", "/versions", "{}")).Body);
        Assert.Equal(422, (await api.SendAsync("PUT", "/environments/staging", """{"version":1}""")).Status);
        Assert.Equal(200, (await api.SendAsync("PUT", "/environments/live", """{"version":1}""")).Status);
    }

    static async Task<(int Status, string Field)> WrongAsync(Api api, string method, string path, string? body = null, string? match = null)
    {
        var answer = await api.SendAsync(method, path, body, match);
        return (answer.Status, answer.Json.GetProperty("field").GetString()!);
    }

    async Task<(Api Api, Browser Owner, string Domain)> WithSiteAsync()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        return (new Api(portal.Url, domain, await KeyAsync(owner, "sites:admin")), owner, domain);
    }

    static async Task<string> KeyAsync(Browser owner, string scope) =>
        (await owner.SendAsync("/account/keys", new() { ["Name"] = "Deploy", ["Scopes"] = scope })).Html.QuerySelector("#code-key")!.TextContent;

    sealed record Said(int Status, string Body, string? ETag, string Location)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    }

    sealed class Api(string url, string site, string key)
    {
        readonly HttpClient http = new() { BaseAddress = new Uri(url) };

        public string Key => key;

        public async Task<Said> SendAsync(string method, string path, string? body = null, string? match = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/sites/{site}{path}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
            using var answer = await http.SendAsync(request);
            return new Said((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.ETag?.Tag, answer.Headers.Location?.ToString() ?? "");
        }
    }
}
