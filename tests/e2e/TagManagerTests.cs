using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>A marketer's way: template, preview on a page of another origin, publish, fires, is counted, and back again.</summary>
public sealed partial class TagManagerTests(EmbeddedProduct product, Chromium chromium) : IClassFixture<EmbeddedProduct>, IClassFixture<Chromium>
{
    const string German = "91.64.1.1";
    const string Japanese = "133.11.0.1";
    readonly string domain = $"tags-{Guid.NewGuid():n}.test";

    [Fact]
    public async Task A_tag_is_made_from_a_template_previewed_published_fires_is_counted_and_rolled_back()
    {
        await using var person = await chromium.PersonAsync();
        await using var shop = await CustomerSite.StartAsync(domain);
        var page = await OwnerAsync(person, shop);
        await page.GotoAsync(Tags());
        await Looks.CheckAsync(page, "tags-empty");
        await MakeTriggerAsync(page);
        await MakeTagAsync(page);
        await PreviewAsync(person, page, shop);
        await PublishAsync(page, "First");
        await UntilFiresAsync(shop, "Buy click");
        await NamesStayInThePortalAsync(shop);
        await CountedAsync(page);

        await using var longVisit = await chromium.PersonAsync();
        var (old, sent) = await VisitAsync(longVisit, shop);
        await ChangeAsync(page, "Buy button", "Event name", "Buy changed");
        await page.GotoAsync(Tags("/publish"));
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Event name Buy click Buy changed" })).ToBeVisibleAsync();
        await PublishAsync(page, "Second");
        await UntilFiresAsync(shop, "Buy changed", not: "Buy click");
        // Whoever has the page open keeps the version it was opened with.
        await old.ClickAsync("#buy");
        await LeftAsync(old, sent);
        Assert.Contains("\"Buy click\"", Said(sent));
        Assert.DoesNotContain("\"Buy changed\"", Said(sent));

        await page.GotoAsync(Tags("/versions/1"));
        await Looks.CheckAsync(page, "tags-version");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await page.WaitForURLAsync("**/tags/versions");
        await UntilFiresAsync(shop, "Buy click", not: "Buy changed");
    }

    [Fact]
    public async Task Until_a_visitor_decides_consent_is_what_the_owner_says_for_their_country()
    {
        await using var person = await chromium.PersonAsync();
        await using var shop = await CustomerSite.StartAsync(domain);
        var page = await OwnerAsync(person, shop);
        await page.GotoAsync(Tags("/settings"));
        await page.GetByLabel("Ads", new() { Exact = true }).SelectOptionAsync("granted");
        await page.GetByLabel("Places").First.FillAsync("EEA, Switzerland");
        await page.GetByLabel("Ads there").First.SelectOptionAsync("denied");
        await SaveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“Switzerland” is no place");
        await Looks.CheckAsync(page, "tags-settings-error");
        await page.GetByLabel("Places").First.FillAsync("EEA, CH");
        await SaveAsync(page);
        await Assertions.Expect(page.GetByText("It counts when you publish").First).ToBeVisibleAsync();
        await MakeTriggerAsync(page);
        foreach (var (name, ads) in new[] { ("Plain", false), ("Ads", true) })
        {
            await NewEventTagAsync(page, name, $"Buy {name}");
            if (ads) await page.GetByLabel("ads", new() { Exact = true }).CheckAsync();
            await SaveAsync(page);
            await page.WaitForURLAsync("**view=tag");
        }
        await PublishAsync(page, "Regions");
        await UntilFiresAsync(shop, "Buy Ads", from: Japanese);
        await UntilFiresAsync(shop, "Buy Plain", not: "Buy Ads", from: German);

        // Their own choice wins.
        await using var german = await chromium.PersonAsync();
        var (visit, sent) = await VisitAsync(german, shop, German);
        await visit.ClickAsync("#buy");
        await visit.EvaluateAsync("analytics.consent({ ads: true })");
        await Patience.UntilAsync("the tag that waited", () => Task.FromResult(Said(sent).Contains("\"Buy Ads\"", StringComparison.Ordinal) ? "" : null));
    }

    [Fact]
    public async Task Code_is_confirmed_and_kept_in_the_log_editors_meet_imports_are_reported_and_everything_can_be_stopped()
    {
        await using var person = await chromium.PersonAsync();
        await using var shop = await CustomerSite.StartAsync(domain);
        var page = await OwnerAsync(person, shop);
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await MakeTriggerAsync(page);
        await NewEventTagAsync(page, "Buy button", "Buy click");
        await SaveAsync(page);
        await page.WaitForURLAsync("**view=tag");
        await CodeAsync(page);
        await ConflictAsync(person, page);
        await page.GotoAsync(Tags("?view=trigger"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Buy clicked" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Used by" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Delete Buy clicked" })).ToHaveCountAsync(0);
        await ImportAsync(page);
        await PublishAsync(page, "All");
        await UntilFiresAsync(shop, "Buy theirs");
        await using var visitor = await chromium.PersonAsync();
        var (visit, _) = await VisitAsync(visitor, shop);
        Assert.Equal(1, await visit.EvaluateAsync<int>("window.ownCode"));
        Assert.Contains("G-ABC123", await visit.EvaluateAsync<string>("JSON.stringify(dataLayer.filter(m => m[0] == 'config').map(m => m[1]))"));

        await page.GotoAsync(Tags("/settings"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all tags" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing is delivered").First).ToBeVisibleAsync();
        await Patience.UntilAsync("a script without tags", async () => (await ScriptAsync(shop)).Contains("G-ABC123", StringComparison.Ordinal) ? null : "");
    }

    [Fact]
    public async Task Every_page_is_fit_to_be_seen()
    {
        await using var person = await chromium.PersonAsync();
        await using var shop = await CustomerSite.StartAsync(domain);
        var page = await OwnerAsync(person, shop);
        await MakeTriggerAsync(page);
        await NewEventTagAsync(page, "Buy button", "Buy click");
        await SaveAsync(page);
        await page.WaitForURLAsync("**view=tag");
        await PublishAsync(page, "Seen");
        await LooksAsync(page);
    }

    async Task<IPage> OwnerAsync(IBrowserContext person, CustomerSite shop)
    {
        var owner = new Owner(product, await person.NewPageAsync());
        await owner.JoinAsync();
        shop.Snippet = await owner.AddSiteAsync(domain);
        return owner.Page;
    }

    string Tags(string path = "") => $"{product.Portal}/sites/{domain}/tags{path}";

    static Task SaveAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

    async Task MakeTriggerAsync(IPage page)
    {
        await page.GotoAsync(Tags("/new/trigger"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Click on anything" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Buy clicked");
        await page.GetByLabel("Variable", new() { Exact = true }).First.FillAsync("Click ID");
        await page.GetByLabel("Value", new() { Exact = true }).First.FillAsync("buy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**view=trigger");
    }

    async Task MakeTagAsync(IPage page)
    {
        await page.GotoAsync(Tags("/new/tag"));
        await page.GetByPlaceholder("Search").FillAsync("own code");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Meta Pixel" })).ToBeHiddenAsync();
        await page.GetByPlaceholder("Search").FillAsync("");
        await Looks.CheckAsync(page, "tags-gallery");
        await page.Locator(".gallery-card a").First.ClickAsync();
        await FillEventTagAsync(page, "Buy button", "Buy click");
        await page.GetByLabel("Name", new() { Exact = true }).Nth(1).FillAsync("path");
        await page.GetByLabel("Value", new() { Exact = true }).First.FillAsync("{{Page Path}}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**view=tag");
        await Assertions.Expect(page.GetByText("Publish 2 changes")).ToBeVisibleAsync();
    }

    async Task NewEventTagAsync(IPage page, string name, string eventName)
    {
        await page.GotoAsync(Tags("/tag/0?kind=event"));
        await FillEventTagAsync(page, name, eventName);
    }

    static async Task FillEventTagAsync(IPage page, string name, string eventName)
    {
        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync(name);
        await page.GetByLabel("Event name", new() { Exact = true }).FillAsync(eventName);
        await page.GetByLabel("All pages").First.UncheckAsync();
        await page.GetByLabel("Buy clicked").First.CheckAsync();
    }

    async Task ChangeAsync(IPage page, string tag, string field, string value)
    {
        await page.GotoAsync(Tags());
        await page.GetByRole(AriaRole.Link, new() { Name = tag }).ClickAsync();
        await page.GetByLabel(field, new() { Exact = true }).FillAsync(value);
        await SaveAsync(page);
        await Assertions.Expect(page.GetByText("is saved in the draft").First).ToBeVisibleAsync();
    }

    /// <summary>The link opens the shop, which has nothing published, with the draft and the panel; the portal shows the same at the same time.</summary>
    async Task PreviewAsync(IBrowserContext person, IPage page, CustomerSite shop)
    {
        await page.GotoAsync(Tags("/preview"));
        await page.GetByLabel("Page", new() { Exact = true }).FillAsync(shop.Address + "/?a=1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await Looks.CheckAsync(page, "tags-preview-link");
        await Assertions.Expect(page.GetByText("Ready. Open the page")).ToBeVisibleAsync();
        var popup = await person.RunAndWaitForPageAsync(() => page.ClickAsync("#open-preview"));
        var panel = popup.Locator("tag-preview");
        await Assertions.Expect(panel.GetByText("Preview of the draft")).ToBeVisibleAsync();
        await popup.ClickAsync("#buy");
        await panel.GetByRole(AriaRole.Button, new() { Name = "gtm.click · 1 fired" }).ClickAsync();
        await Assertions.Expect(panel.GetByText("Buy clicked: Click ID = \"buy\" is \"buy\": holds")).ToBeVisibleAsync();
        Assert.DoesNotContain("tag_preview", popup.Url);
        var mirror = page.Locator("[data-preview]");
        await mirror.GetByRole(AriaRole.Button, new() { Name = "gtm.click · 1 fired" }).ClickAsync();
        await Assertions.Expect(mirror.GetByText("Buy clicked: Click ID = \"buy\" is \"buy\": holds")).ToBeVisibleAsync();
        await mirror.GetByText("Variables", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(mirror.GetByRole(AriaRole.Row, new() { Name = "Page Path" })).ToContainTextAsync("\"/\"");
        await Looks.CheckAsync(page, "tags-preview-mirror");
        foreach (var (name, width, height) in new[] { ("desktop", 1440, 900), ("phone", 390, 844) })
        {
            await popup.SetViewportSizeAsync(width, height);
            await popup.ScreenshotAsync(new() { Path = Looks.PathOf($"tags-preview-panel-{name}") });
        }
        await popup.SetViewportSizeAsync(1440, 900);
        await popup.ClickAsync("#product");
        await Assertions.Expect(panel.GetByText("Preview of the draft")).ToBeVisibleAsync();
        await Assertions.Expect(mirror.GetByText("/product", new() { Exact = true })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "End the preview" }).ClickAsync();
        await Assertions.Expect(panel).ToHaveCountAsync(0);
        await popup.CloseAsync();
    }

    async Task PublishAsync(IPage page, string name)
    {
        await page.GotoAsync(Tags("/publish"));
        if (name == "First") await Looks.CheckAsync(page, "tags-publish");
        await page.GetByLabel("Name of the version, optional").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/tags/versions");
    }

    /// <summary>New visitors come until one has the new version; a collector has it within seconds.</summary>
    async Task UntilFiresAsync(CustomerSite shop, string eventName, string? not = null, string? from = null)
    {
        await Patience.UntilAsync($"{eventName} fires", async () =>
        {
            await using var visitor = await chromium.PersonAsync();
            var (page, sent) = await VisitAsync(visitor, shop, from);
            await page.ClickAsync("#buy");
            await LeftAsync(page, sent);
            var said = Said(sent);
            return said.Contains($"\"{eventName}\"", StringComparison.Ordinal) && (not is null || !said.Contains($"\"{not}\"", StringComparison.Ordinal)) ? "" : null;
        });
    }

    /// <summary>Somebody opens a page of the shop; what it sends is kept.</summary>
    static async Task<(IPage Page, ConcurrentQueue<string> Sent)> VisitAsync(IBrowserContext visitor, CustomerSite shop, string? address = null)
    {
        if (address is not null) await visitor.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["X-Forwarded-For"] = address });
        await visitor.RouteAsync(new Regex("^https://"), route => route.AbortAsync());
        var sent = new ConcurrentQueue<string>();
        var page = await visitor.NewPageAsync();
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/v1/batch", StringComparison.Ordinal) && request.PostData is { } data) sent.Enqueue(data);
        };
        await page.GotoAsync(shop.Address + "/shelf", new() { WaitUntil = WaitUntilState.Load });
        await page.WaitForFunctionAsync("window.analytics");
        return (page, sent);
    }

    /// <summary>The page's own event follows those of its tags, at the same click; leaving reports the counts.</summary>
    static async Task LeftAsync(IPage page, ConcurrentQueue<string> sent)
    {
        await Patience.UntilAsync("the page's own event", () => Task.FromResult(Said(sent).Contains("\"purchase\"", StringComparison.Ordinal) ? "" : null));
        await page.GotoAsync("about:blank");
    }

    static string Said(ConcurrentQueue<string> sent) => string.Join('\n', sent);

    async Task<string> ScriptAsync(CustomerSite shop)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync($"{product.Collector}/js/{TrackingId().Match(shop.Snippet).Value}.js");
    }

    async Task NamesStayInThePortalAsync(CustomerSite shop)
    {
        var script = await ScriptAsync(shop);
        Assert.Contains("Buy click", script);
        Assert.DoesNotContain("Buy button", script);
        Assert.DoesNotContain("Buy clicked", script);
        Assert.DoesNotContain("Click ID", script);
    }

    /// <summary>Nothing is saved unconfirmed; the log keeps the code before and after.</summary>
    async Task CodeAsync(IPage page)
    {
        await page.GotoAsync(Tags("/tag/0?kind=html"));
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Own code");
        await page.GetByLabel("HTML", new() { Exact = true }).FillAsync("<script>window.ownCode = 0</script>");
        await SaveAsync(page);
        Assert.Contains("/tag/0", page.Url);
        await page.GetByLabel("I know what this code does").CheckAsync();
        await SaveAsync(page);
        await page.WaitForURLAsync("**view=tag");
        await page.GetByRole(AriaRole.Link, new() { Name = "Own code" }).ClickAsync();
        await page.GetByLabel("HTML", new() { Exact = true }).FillAsync("<script>window.ownCode = 1</script>");
        await page.GetByLabel("I know what this code does").CheckAsync();
        await SaveAsync(page);
        await page.WaitForURLAsync("**view=tag");
        await page.GotoAsync(Tags("/log"));
        await page.GetByText("Details").First.ClickAsync();
        await Assertions.Expect(page.Locator("details[open]")).ToContainTextAsync("ownCode = 0");
        await Assertions.Expect(page.Locator("details[open]")).ToContainTextAsync("ownCode = 1");
        await Looks.CheckAsync(page, "tags-log-code");
    }

    /// <summary>Two tabs with one form: the second to save sees both, and decides.</summary>
    async Task ConflictAsync(IBrowserContext person, IPage page)
    {
        await page.GotoAsync(Tags());
        await page.GetByRole(AriaRole.Link, new() { Name = "Buy button" }).ClickAsync();
        var other = await person.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.GetByLabel("Event name", new() { Exact = true }).FillAsync("Buy theirs");
        await SaveAsync(other);
        await other.WaitForURLAsync("**view=tag");
        await page.GetByLabel("Event name", new() { Exact = true }).FillAsync("Buy mine");
        await SaveAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("saved this while you edited it");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Event name Buy mine Buy theirs" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Event name", new() { Exact = true })).ToHaveValueAsync("Buy mine");
        await Looks.CheckAsync(page, "tags-conflict");
        await other.CloseAsync();
    }

    async Task ImportAsync(IPage page)
    {
        await page.GotoAsync(Tags("/transfer"));
        var export = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "tests/unit/Portal/Tags/gtm-export.json"), Encoding.UTF8);
        await page.GetByLabel("File, JSON").SetInputFilesAsync(new FilePayload { Name = "GTM-ABC.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(export) });
        await page.GetByLabel("Import code too").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("The tag “Old analytics” is of the type ua")).ToBeVisibleAsync();
        await Looks.CheckAsync(page, "tags-import-report");
    }

    async Task CountedAsync(IPage page)
    {
        var fired = page.GetByRole(AriaRole.Row, new() { Name = "Buy button" }).GetByRole(AriaRole.Cell).Nth(3);
        for (var tries = 0; tries < 60; tries++)
        {
            await page.GotoAsync(Tags());
            if (await fired.TextContentAsync() is not "0") break;
            await Task.Delay(500);
        }
        await Assertions.Expect(fired).Not.ToHaveTextAsync("0");
    }

    async Task LooksAsync(IPage page)
    {
        foreach (var (name, path) in new[]
        {
            ("tags", ""), ("tags-triggers", "?view=trigger"), ("tags-edit-html", "/tag/0?kind=html"), ("tags-new-trigger", "/new/trigger"), ("tags-edit-variable", "/variable/0?kind=lookup"),
            ("tags-versions", "/versions"), ("tags-environments", "/environments"), ("tags-transfer", "/transfer"), ("tags-settings", "/settings"), ("tags-log", "/log"),
        })
        {
            await page.GotoAsync(Tags(path));
            await Looks.CheckAsync(page, name);
        }
        await page.GotoAsync(Tags());
        await page.GetByRole(AriaRole.Link, new() { Name = "Buy button" }).ClickAsync();
        await Looks.CheckAsync(page, "tags-edit");
        await page.GetByLabel("Event name", new() { Exact = true }).FillAsync("{{Nothing}}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing is saved yet")).ToBeVisibleAsync();
        await Looks.CheckAsync(page, "tags-edit-error");
    }

    [GeneratedRegex("st_[0-9A-Za-z]{16}")]
    private static partial Regex TrackingId();
}
