using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>A marketer's way: template, preview on a page of another origin, publish, fires, is counted, and back again.</summary>
public sealed class TagManagerTests(EmbeddedProduct product, Chromium chromium) : IClassFixture<EmbeddedProduct>, IClassFixture<Chromium>
{
    const string Domain = "tags.test";

    [Fact]
    public async Task A_tag_is_made_from_a_template_previewed_published_fires_is_counted_and_rolled_back()
    {
        await using var person = await chromium.PersonAsync();
        var owner = new Owner(product, await person.NewPageAsync());
        await owner.JoinAsync();
        await using var shop = await CustomerSite.StartAsync(Domain);
        shop.Snippet = await owner.AddSiteAsync(Domain);
        var page = owner.Page;
        await page.GotoAsync(Tags());
        await Looks.CheckAsync(page, "tags-empty");
        await MakeTriggerAsync(page);
        await MakeTagAsync(page);

        await PreviewAsync(person, page, shop);
        await PublishAsync(page, "First");
        await FiresAsync(shop, "Buy click");
        await CountedAsync(page);

        await page.GotoAsync(Tags());
        await page.GetByRole(AriaRole.Link, new() { Name = "Buy button" }).ClickAsync();
        await page.GetByLabel("Event name", new() { Exact = true }).FillAsync("Buy changed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("is saved in the draft")).ToBeVisibleAsync();
        await PublishAsync(page, "Second");
        await FiresAsync(shop, "Buy changed");

        await page.GotoAsync(Tags("/versions/1"));
        await Looks.CheckAsync(page, "tags-version");
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await page.WaitForURLAsync("**/tags/versions");
        await FiresAsync(shop, "Buy click");
        await LooksAsync(page);
    }

    string Tags(string path = "") => $"{product.Portal}/sites/{Domain}/tags{path}";

    async Task MakeTriggerAsync(IPage page)
    {
        await page.GotoAsync(Tags("/new/trigger"));
        await Looks.CheckAsync(page, "tags-new-trigger");
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
        await page.GetByLabel("Name", new() { Exact = true }).First.FillAsync("Buy button");
        await page.GetByLabel("Event name", new() { Exact = true }).FillAsync("Buy click");
        await page.GetByLabel("All pages").First.UncheckAsync();
        await page.GetByLabel("Buy clicked").First.CheckAsync();
        await page.GetByLabel("Name", new() { Exact = true }).Nth(1).FillAsync("path");
        await page.GetByLabel("Value", new() { Exact = true }).First.FillAsync("{{Page Path}}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**view=tag");
        await Assertions.Expect(page.GetByText("Publish 2 changes")).ToBeVisibleAsync();
    }

    /// <summary>The link opens the shop, which has nothing published, with the draft and the panel.</summary>
    async Task PreviewAsync(IBrowserContext person, IPage page, CustomerSite shop)
    {
        await page.GotoAsync(Tags("/preview"));
        await page.GetByLabel("Page", new() { Exact = true }).FillAsync(shop.Address + "/?a=1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await Looks.CheckAsync(page, "tags-preview-link");
        var popup = await person.RunAndWaitForPageAsync(() => page.ClickAsync("#open-preview"));
        var panel = popup.Locator("tag-preview");
        await Assertions.Expect(panel.GetByText("Preview of the draft")).ToBeVisibleAsync();
        await popup.ClickAsync("#buy");
        await panel.GetByRole(AriaRole.Button, new() { Name = "gtm.click · 1 fired" }).ClickAsync();
        await Assertions.Expect(panel.GetByText("Buy clicked: Click ID = \"buy\" is \"buy\": holds")).ToBeVisibleAsync();
        Assert.DoesNotContain("tag_preview", popup.Url);
        foreach (var (name, width, height) in new[] { ("desktop", 1440, 900), ("phone", 390, 844) })
        {
            await popup.SetViewportSizeAsync(width, height);
            await popup.ScreenshotAsync(new() { Path = Looks.PathOf($"tags-preview-panel-{name}") });
        }
        await popup.SetViewportSizeAsync(1440, 900);
        await popup.ClickAsync("#product");
        await Assertions.Expect(panel.GetByText("Preview of the draft")).ToBeVisibleAsync();
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
    async Task FiresAsync(CustomerSite shop, string eventName)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); ;)
        {
            await using var visitor = await chromium.PersonAsync();
            var page = await visitor.NewPageAsync();
            var sent = new TaskCompletionSource<string>();
            page.Request += (_, request) =>
            {
                if (request.Url.EndsWith("/v1/batch", StringComparison.Ordinal) && request.PostData is { } data && data.Contains("\"Buy c", StringComparison.Ordinal)) sent.TrySetResult(data);
            };
            await page.GotoAsync(shop.Address + "/shelf", new() { WaitUntil = WaitUntilState.Load });
            await page.WaitForFunctionAsync("window.analytics");
            await page.ClickAsync("#buy");
            var first = await Task.WhenAny(sent.Task, Task.Delay(5000));
            var body = first == sent.Task ? await sent.Task : "";
            await page.GotoAsync("about:blank");
            if (body.Contains($"\"{eventName}\"", StringComparison.Ordinal) && body.Contains("\"path\":\"/shelf\"", StringComparison.Ordinal)) return;
            Assert.True(DateTime.UtcNow < end, $"{eventName} did not fire: {body}");
        }
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
            ("tags", ""), ("tags-triggers", "?view=trigger"), ("tags-edit-html", "/tag/0?kind=html"), ("tags-edit-variable", "/variable/0?kind=lookup"),
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
}
