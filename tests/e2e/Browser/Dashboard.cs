using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace SaaS.Analytics.E2E.Browser;

/// <summary>The overview of a site as a person reads it.</summary>
public sealed partial class Dashboard(IPage page)
{
    public IPage Page => page;

    public ILocator Tile(string metric) => page.Locator($"#tile-{metric} .tile-value");

    public ILocator Row(string card, string text) =>
        page.Locator($"[data-part={card}] .top-row", new() { Has = page.Locator(".top-text", new() { HasTextRegex = new Regex($"^\\s*{Regex.Escape(text)}\\s*$") }) });

    public static async Task<Dashboard> OpenAsync(IPage page, string portal, string domain)
    {
        await page.GotoAsync($"{portal}/sites/{domain}?period=day");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview", Exact = true })).ToBeVisibleAsync();
        return new Dashboard(page);
    }

    /// <summary>Waits, without a reload, until the tile reads so.</summary>
    public Task ReadsAsync(string metric, string value) =>
        Assertions.Expect(Tile(metric)).ToHaveTextAsync(value, new() { Timeout = 30_000 });

    public Task CountsAsync(string card, string row, string visitors) =>
        Assertions.Expect(Row(card, row).Locator(".top-number")).ToHaveTextAsync(visitors, new() { Timeout = 30_000 });

    /// <summary>Opens another tab of a card.</summary>
    public Task TabAsync(string card, string tab) => page.ClickAsync($"#{card}-{tab}");

    /// <summary>Marks the document, so that a reload would be noticed.</summary>
    public Task MarkAsync() => page.EvaluateAsync("window.notReloaded = true");

    public async Task NotReloadedAsync() => Assert.True(await page.EvaluateAsync<bool>("window.notReloaded === true"), "The page was loaded again.");
}
