using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>What is made of visitors, from the request to the report: places, devices, sources, bots, shields.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class EnrichmentTests(DemoProduct product, Chromium chromium)
{
    const string Phone = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
    const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
    const string Googlebot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    const string Berlin = "91.64.1.1";

    readonly string domain = $"enriched-{Guid.NewGuid():n}.test";
    string trackingId = "";

    [Fact]
    public async Task What_comes_with_a_request_is_in_the_reports_and_what_shields_keep_out_is_in_the_ledger()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        trackingId = TrackingId().Match(await new Owner(product, page).AddSiteAsync(domain)).Value;
        foreach (var (fact, value) in ((string, string)[])[("ip", "203.0.113.0/24"), ("country", "FR"), ("page", "/admin/**"), ("hostname", $"staging.{domain}")])
            await ShieldAsync(page, fact, value);
        await page.GotoAsync($"{product.Portal}/sites/{domain}/shields");
        await Looks.CheckAsync(page, "shields-four");
        // Engagement alone is never stored, should it be sent before the collector has heard of the shields.
        await UntilInLedgerAsync("shield_hostname", () => SendAsync(Berlin, Firefox, $"https://staging.{domain}/", name: "engagement"));

        await SendAsync(Berlin, Phone, $"https://{domain}/offer?gclid=abc&utm_source=chatgpt.com", "https://chatgpt.com/c/1", language: "de-DE", screen: "390x844");
        await SendAsync("84.112.0.1", Firefox, $"https://{domain}/u/jane.doe@example.com?gclid=x&msclkid=y&q=1", "https://www.google.com/search?q=secret", language: "de-AT", screen: "1920x1080");
        await SendAsync("45.83.220.1", Firefox, $"https://{domain}/");
        await SendAsync("10.1.2.3", Firefox, $"https://{domain}/");
        await SendAsync(Berlin, Googlebot, $"https://{domain}/");
        await SendAsync("3.5.140.1", Firefox, $"https://{domain}/", language: "");
        await SendAsync("203.0.113.9", Firefox, $"https://{domain}/");
        await SendAsync("90.85.0.1", Firefox, $"https://{domain}/");
        await SendAsync(Berlin, Firefox, $"https://{domain}/admin/users/1");

        foreach (var reason in (string[])["shield_ip", "shield_country", "shield_page"]) await UntilInLedgerAsync(reason, () => Task.CompletedTask);
        await Patience.UntilAsync("six visits", async () => await CountAsync("visit:country", BotsToo) == 6 ? "" : null);
        Assert.Equal(["(not set)", "A1", "AT", "DE"], await ValuesAsync("visit:country"));
        Assert.Equal(["(not set)", "Google"], await ValuesAsync("visit:device_brand"));
        Assert.Contains("Pixel 8", await ValuesAsync("visit:device_model"));
        Assert.Equal(["Chrome Mobile", "Firefox"], await ValuesAsync("visit:browser"));
        Assert.Contains("de-AT", await ValuesAsync("visit:language"));
        Assert.Equal(["(not set)", "desktop", "phone"], await ValuesAsync("visit:screen_class"));
        Assert.Contains("ChatGPT", await ValuesAsync("visit:source"));
        Assert.Equal(["AI Assistants", "Direct", "Paid Search"], await ValuesAsync("visit:channel"));
        Assert.Equal(["(not set)", "gclid"], await ValuesAsync("visit:click_id"));
        Assert.DoesNotContain(await ValuesAsync("event:page"), p => p.Contains("jane", StringComparison.Ordinal));
        Assert.DoesNotContain(await ValuesAsync("visit:referrer"), r => r.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(["(not set)", "Googlebot", "Unnamed"], await ValuesAsync("event:bot_name"));
        await page.GotoAsync($"{product.Portal}/sites/{domain}");
        await Looks.CheckAsync(page, "overview-enriched");
    }

    [Fact]
    public async Task A_site_can_drop_bots_for_good()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        trackingId = TrackingId().Match(await new Owner(product, page).AddSiteAsync(domain)).Value;
        await page.GotoAsync($"{product.Portal}/sites/{domain}/settings");
        await page.GetByLabel("Drop bots instead of keeping them").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Settings saved")).ToBeVisibleAsync();
        await UntilInLedgerAsync("bot", () => SendAsync(Berlin, Googlebot, $"https://{domain}/"));
        await page.GotoAsync($"{product.Portal}/sites/{domain}/ledger");
        await Assertions.Expect(page.GetByText("It looked like a bot")).ToBeVisibleAsync();
        await Looks.CheckAsync(page, "ledger-bots");
    }

    [CorporaFact("naughty-strings/blns.json")]
    public async Task Strings_that_break_things_come_back_and_do_nothing_on_pages()
    {
        var strings = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(CorporaFactAttribute.PathOf("naughty-strings/blns.json")))!;
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        var executed = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            executed.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        trackingId = TrackingId().Match(await new Owner(product, page).AddSiteAsync(domain)).Value;
        using var http = new HttpClient();
        foreach (var part in strings.Chunk(100))
        {
            var batch = part.Select(s => new { name = "naughty", url = $"https://{domain}/p?utm_campaign={Uri.EscapeDataString(s)}", props = new { text = s }, context = new { title = s } });
            using var answer = await http.PostAsJsonAsync($"{product.Collector}/v1/batch", new { writeKey = trackingId, batch });
            Assert.Equal(202, (int)answer.StatusCode);
        }
        await Patience.UntilAsync("all strings", async () => await CountAsync("event:name", BotsToo, "events") == strings.Length ? "" : null);
        var known = (await RowsAsync("event:props:text", BotsToo, "events")).Select(r => r.GetProperty("dimensions")[0].GetString()).ToHashSet();
        var lost = strings.Distinct().Where(s => !known.Contains(Kept(s))).Select(s => JsonSerializer.Serialize(s)).ToList();
        Assert.True(lost.Count == 0, string.Join('\n', lost));

        foreach (var s in strings.Where(s => s.Contains('<')).Take(20))
        {
            await page.GotoAsync($"{product.Portal}/sites/{domain}?period=day&f=is,visit:utm_campaign,{Uri.EscapeDataString(s)}");
            await Assertions.Expect(page.Locator("h1").First).ToBeVisibleAsync();
        }
        Assert.Empty(executed);
    }

    /// <summary>Control characters mean nothing to anybody and become U+FFFD.</summary>
    static string Kept(string text) => text.Length == 0 ? "(not set)" : string.Concat(text.Select(c => c < ' ' && c is not ('\t' or '\n' or '\r') ? '\uFFFD' : c));

    async Task ShieldAsync(IPage page, string fact, string value)
    {
        await page.GotoAsync($"{product.Portal}/sites/{domain}/shields");
        await page.GetByLabel("About").SelectOptionAsync(fact);
        await page.Locator("#Value").FillAsync(value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the shield" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = value, Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>One page view of an address, as a browser behind a proxy sends it.</summary>
    async Task SendAsync(string address, string userAgent, string url, string referrer = "", string language = "en-GB", string screen = "", string name = "pageview")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{product.Collector}/v1/batch")
        {
            Content = JsonContent.Create(new { writeKey = trackingId, batch = new[] { new { name, url, referrer, context = new { screen } } } }),
        };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (language.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var answer = await http.SendAsync(request);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    /// <summary>Collector and workers hear of a new rule a moment after the page.</summary>
    Task UntilInLedgerAsync(string reason, Func<Task> send) => Patience.UntilAsync($"{reason} in the ledger", async () =>
    {
        await send();
        using var http = Api();
        var ledger = await http.GetFromJsonAsync<JsonElement>($"{product.Portal}/api/v1/ledger?site_id={domain}");
        return ledger.GetProperty("reasons").EnumerateArray().Any(r => (r.GetProperty("outcome").GetString(), r.GetProperty("reason").GetString()) == ("excluded", reason)) ? "" : null;
    });

    static readonly object[] BotsToo = [new object[] { "is", "event:is_bot", new[] { "true", "false" } }];

    async Task<IEnumerable<string>> ValuesAsync(string dimension) =>
        (await RowsAsync(dimension, [])).Select(r => r.GetProperty("dimensions")[0].GetString()!).Order(StringComparer.Ordinal);

    async Task<double> CountAsync(string dimension, object[] filters, string metric = "visits") => (await RowsAsync(dimension, filters, metric)).Sum(r => r.GetProperty("metrics")[0].GetDouble());

    async Task<List<JsonElement>> RowsAsync(string dimension, object[] filters, string metric = "visits")
    {
        using var http = Api();
        using var answer = await http.PostAsJsonAsync($"{product.Portal}/api/v2/query", new { site_id = domain, date_range = "day", metrics = new[] { metric }, dimensions = new[] { dimension }, filters });
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("results").EnumerateArray()];
    }

    HttpClient Api()
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", product.ApiKey);
        return http;
    }

    async Task<IPage> SignedInAsync(IBrowserContext person)
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{product.Portal}/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(product.Email);
        await page.GetByLabel("Password").FillAsync(product.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in"));
        return page;
    }

    [GeneratedRegex("st_[0-9A-Za-z]{16}")]
    private static partial Regex TrackingId();
}
