using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>Every page in light and dark, on desktop and phone: no barriers, nothing wider than the screen; pictures are kept.</summary>
[Collection(DemoCollection.Name)]
public sealed class PagesTests(DemoProduct product, Chromium chromium)
{
    [Theory]
    [InlineData("landing", "/")]
    [InlineData("sign-up", "/sign-up")]
    [InlineData("sign-in", "/sign-in")]
    [InlineData("forgot-password", "/forgot-password")]
    [InlineData("not-found", "/there-is-no-such-page")]
    public async Task Signed_out(string name, string path)
    {
        await using var person = await chromium.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync(product.Portal + path);
        await Looks.CheckAsync(page, name);
    }

    [Theory]
    [InlineData("sites", "/?all=1")]
    [InlineData("new-site", "/sites/new")]
    [InlineData("overview", "/sites/{site}")]
    [InlineData("overview-filtered", "/sites/{site}?period=7d&f=is,visit:device,mobile")]
    [InlineData("overview-nothing", "/sites/{site}?f=is,event:page,/nowhere")]
    [InlineData("realtime", "/sites/{site}/realtime")]
    [InlineData("acquisition", "/sites/{site}/acquisition?period=7d")]
    [InlineData("engagement", "/sites/{site}/engagement?period=7d")]
    [InlineData("demographics", "/sites/{site}/demographics?period=7d")]
    [InlineData("technology", "/sites/{site}/technology?period=7d")]
    [InlineData("details", "/sites/{site}?period=7d&details=pages")]
    [InlineData("retention", "/sites/{site}/retention")]
    [InlineData("visitors", "/sites/{site}/visitors?period=day")]
    [InlineData("campaigns", "/sites/{site}/campaigns")]
    [InlineData("goals", "/sites/{site}/goals")]
    [InlineData("explore", "/sites/{site}/explore?period=7d")]
    [InlineData("explore-heat", "/sites/{site}/explore?view=heat")]
    [InlineData("segments", "/sites/{site}/segments?f=is,visit:device,mobile")]
    [InlineData("email-reports", "/sites/{site}/email-reports")]
    [InlineData("events", "/sites/{site}/events?period=day")]
    [InlineData("events-wrong", "/sites/{site}/events?q=contry:DE")]
    [InlineData("snippet", "/sites/{site}/snippet")]
    [InlineData("ledger", "/sites/{site}/ledger?period=day")]
    [InlineData("channels", "/sites/{site}/channels")]
    [InlineData("shields", "/sites/{site}/shields")]
    [InlineData("settings", "/sites/{site}/settings")]
    [InlineData("alerts-demo", "/sites/{site}/alerts")]
    [InlineData("alert-rule-demo", "/sites/{site}/alerts/new?template=visitor-returns")]
    [InlineData("alert-rule-number", "/sites/{site}/alerts/new?template=drop")]
    [InlineData("alert-rule-unusual", "/sites/{site}/alerts/new?template=unusual")]
    [InlineData("alerts-inbox-empty", "/alerts")]
    [InlineData("alert-receivers", "/account/receivers")]
    [InlineData("keys", "/account/keys")]
    [InlineData("admin-pipeline", "/admin/pipeline")]
    [InlineData("admin-rollups", "/admin/rollups")]
    public async Task Signed_in(string name, string path)
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        await page.GotoAsync(product.Portal + path.Replace("{site}", product.Site));
        await Looks.CheckAsync(page, name);
    }

    [Fact]
    public async Task A_site_without_events_says_what_to_do_next()
    {
        await using var person = await chromium.PersonAsync();
        var owner = new Owner(product, await person.NewPageAsync());
        await owner.JoinAsync();
        await owner.AddSiteAsync("new.test");
        await Looks.CheckAsync(owner.Page, "snippet-waiting");
        await owner.Page.GotoAsync($"{product.Portal}/sites/new.test");
        await Looks.CheckAsync(owner.Page, "overview-empty");
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "Get the snippet" }).ClickAsync();
        await owner.Page.WaitForURLAsync("**/snippet");
        await owner.AddSiteAsync("second.test");
        await owner.Page.GotoAsync($"{product.Portal}/");
        await Assertions.Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "second.test" })).ToBeVisibleAsync();
        await Looks.CheckAsync(owner.Page, "sites-two");
    }

    [Fact]
    public async Task An_invalid_event_is_shown_with_its_reason_and_replayed()
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync($"{product.Collector}/v1/batch", new StringContent(
            $$"""{"writeKey":"{{product.TrackingId}}","batch":[{"name":"from_the_past","timestamp":"2020-01-01T00:00:00Z"}]}"""));
        Assert.True(answer.IsSuccessStatusCode);
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        var row = page.GetByRole(AriaRole.Row, new() { Name = "from_the_past" });
        for (var tries = 0; tries < 60 && await row.CountAsync() == 0; tries++)
        {
            await Task.Delay(500);
            await page.GotoAsync($"{product.Portal}/sites/{product.Site}/ledger");
        }
        await Assertions.Expect(row).ToContainTextAsync("too_old");
        await Looks.CheckAsync(page, "ledger-invalid");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByText("1 event is on its way again")).ToBeVisibleAsync();
        await Assertions.Expect(row).ToContainTextAsync("replayed");
    }

    [Fact]
    public async Task On_a_phone_what_is_not_in_the_bar_is_behind_More()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync($"{product.Portal}/sites/{product.Site}");
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.ScreenshotAsync(new() { Path = Looks.PathOf("phone-more") });
        await page.Locator(".more-sheet").GetByRole(AriaRole.Link, new() { Name = "Ledger" }).ClickAsync();
        await page.WaitForURLAsync("**/ledger");
    }

    [Fact]
    public async Task Live_visitors_of_the_demo_are_counted_while_one_looks()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        var dashboard = await Dashboard.OpenAsync(page, product.Portal, product.Site);
        await dashboard.MarkAsync();
        var before = await dashboard.Tile("pageviews").GetAttributeAsync("title");
        await Assertions.Expect(dashboard.Tile("pageviews")).Not.ToHaveAttributeAsync("title", before!, new() { Timeout = 30_000 });
        await dashboard.NotReloadedAsync();
    }

    [Fact]
    public async Task The_overview_is_reached_and_filtered_by_keyboard_alone()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        await page.GotoAsync($"{product.Portal}/sites/{product.Site}");
        await page.Keyboard.PressAsync("w");
        await page.WaitForURLAsync("**period=7d*");
        await page.Locator("[data-part=sources] .top-row").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Events_come_in_by_themselves_and_one_is_opened()
    {
        await using var person = await chromium.PersonAsync();
        var page = await SignedInAsync(person);
        await page.GotoAsync($"{product.Portal}/sites/{product.Site}/events?period=day");
        var newest = page.Locator(".event-list tbody tr a").First;
        var before = await newest.GetAttributeAsync("href");
        await Assertions.Expect(newest).Not.ToHaveAttributeAsync("href", before!, new() { Timeout = 30_000 });
        await page.GotoAsync(product.Portal + before);
        await Looks.CheckAsync(page, "event");
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
}
