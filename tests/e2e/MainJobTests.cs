using Microsoft.Playwright;
using SaaS.Analytics.E2E.Browser;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E;

/// <summary>The main job in one process on embedded stores.</summary>
public sealed class MainJobEmbeddedTests(EmbeddedProduct product, Chromium chromium)
    : MainJobTests(product, chromium), IClassFixture<EmbeddedProduct>, IClassFixture<Chromium>;

/// <summary>The main job through RabbitMQ, with every host a process of its own and two portals.</summary>
public sealed class MainJobSeparateTests(SeparateHosts product, Chromium chromium)
    : MainJobTests(product, chromium), IClassFixture<SeparateHosts>, IClassFixture<Chromium>;

/// <summary>Sign up, copy the snippet, see the visitor.</summary>
public abstract class MainJobTests(Product product, Chromium chromium)
{
    const string Domain = "shop.test";

    [Fact]
    public async Task A_visit_to_the_customers_page_is_on_every_dashboard_without_a_reload()
    {
        await using var person = await chromium.PersonAsync();
        var owner = new Owner(product, await person.NewPageAsync());
        await owner.JoinAsync();
        await using var shop = await CustomerSite.StartAsync(Domain);
        shop.Snippet = await owner.AddSiteAsync(Domain);
        var waiting = owner.Page.GetByText("Waiting for the first event");
        await Assertions.Expect(waiting).ToBeVisibleAsync();
        var dashboards = await Task.WhenAll(product.Portals.Select(portal => OpenAsync(person, portal)));

        await using var visitor = await chromium.PersonAsync();
        await VisitAsync(await visitor.NewPageAsync(), shop);

        foreach (var dashboard in dashboards) await ShowsTheVisitAsync(dashboard);
        await Assertions.Expect(owner.Page.GetByText("The first event has arrived")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await FiltersByAClickAsync(dashboards[0]);
    }

    static async Task<Dashboard> OpenAsync(IBrowserContext person, string portal)
    {
        var dashboard = await Dashboard.OpenAsync(await person.NewPageAsync(), portal, Domain);
        await Assertions.Expect(dashboard.Page.GetByText("No visit has been seen yet")).ToBeVisibleAsync();
        await dashboard.MarkAsync();
        return dashboard;
    }

    /// <summary>Arrives from a campaign, reads on, clicks, navigates inside the page, buys, and leaves.</summary>
    static async Task VisitAsync(IPage page, CustomerSite shop)
    {
        await CountedAsync(page, () => page.GotoAsync($"{shop.Address}/?utm_source=spring-news&utm_medium=email&utm_campaign=spring"));
        await page.Mouse.WheelAsync(0, 1500);
        await CountedAsync(page, () => page.ClickAsync("#product"));
        await CountedAsync(page, () => page.ClickAsync("#spa"));
        await page.ClickAsync("#buy");
        await page.GotoAsync("about:blank");
    }

    /// <summary>As a person does who looks at a page before going on. A browser that is short of time gives a page that is left only half a second.</summary>
    static Task CountedAsync(IPage page, Func<Task> view) => page.RunAndWaitForRequestFinishedAsync(view, new()
    {
        Predicate = request => request.Url.EndsWith("/v1/batch", StringComparison.Ordinal) && request.PostData?.Contains("\"pageview\"", StringComparison.Ordinal) == true,
    });

    static async Task ShowsTheVisitAsync(Dashboard dashboard)
    {
        await dashboard.ReadsAsync("pageviews", "3");
        await dashboard.ReadsAsync("visitors", "1");
        await dashboard.ReadsAsync("visits", "1");
        await dashboard.ReadsAsync("bounce_rate", "0%");
        await dashboard.CountsAsync("sources", "Email", "1");
        foreach (var path in (string[])["/", "/product", "/spa"]) await dashboard.CountsAsync("pages", path, "1");
        await dashboard.CountsAsync("devices", "Desktop", "1");
        await dashboard.NotReloadedAsync();
    }

    /// <summary>A click on a row is a filter: a chip on the page, in the address, and gone by Back.</summary>
    static async Task FiltersByAClickAsync(Dashboard dashboard)
    {
        await dashboard.Row("pages", "/product").ClickAsync();
        await dashboard.Page.WaitForURLAsync("**product*");
        await Assertions.Expect(dashboard.Page.Locator(".chip")).ToContainTextAsync("/product");
        await dashboard.ReadsAsync("pageviews", "1");
        await dashboard.Page.GoBackAsync();
        await Assertions.Expect(dashboard.Page.Locator(".chip")).ToHaveCountAsync(0);
        await dashboard.ReadsAsync("pageviews", "3");
    }
}
