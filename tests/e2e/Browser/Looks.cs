using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SaaS.Analytics.E2E.Products;

namespace SaaS.Analytics.E2E.Browser;

/// <summary>Every page as people see it: light and dark, desktop and phone; kept under <c>artifacts/screenshots</c> and checked for barriers.</summary>
static class Looks
{
    static readonly string Folder = Path.Combine(Programs.Root, "artifacts", "screenshots");

    static readonly (string Name, int Width, int Height)[] Sizes = [("desktop", 1440, 900), ("phone", 390, 844)];

    /// <summary>Buttons of tables that begin or end beyond the edge of what scrolls.</summary>
    const string HiddenButtons =
        """
        [...document.querySelectorAll('.table-wrap button')].filter(b => {
          const [box, edge] = [b.getBoundingClientRect(), b.closest('.table-wrap').getBoundingClientRect()];
          return box.right > edge.right + 1 || box.left < edge.left - 1;
        }).map(b => b.textContent)
        """;

    static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>The schemes differ in nothing but colours.</summary>
    static readonly AxeRunOptions Colours = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Rules("color-contrast") };

    public static string PathOf(string picture) => Path.Combine(Folder, $"{picture}.png");

    public static async Task CheckAsync(IPage page, string name)
    {
        await Assertions.Expect(page.Locator("[data-later]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            foreach (var size in Sizes)
            {
                await page.SetViewportSizeAsync(size.Width, size.Height);
                await page.ScreenshotAsync(new() { Path = PathOf($"{name}-{size.Name}-{scheme.ToString().ToLowerInvariant()}"), FullPage = true });
                await NoBarriersAsync(page, scheme == ColorScheme.Light ? Everything : Colours, $"{name}, {size.Name}, {scheme}");
                await FitsAsync(page, $"{name}, {size.Name}");
            }
        }
        await page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    static async Task NoBarriersAsync(IPage page, AxeRunOptions rules, string where)
    {
        var result = await page.RunAxe(rules);
        Assert.True(result.Violations.Length == 0, $"{where}: " + string.Join('\n', result.Violations
            .Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
    }

    static async Task FitsAsync(IPage page, string where)
    {
        var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{where}: {over} pixels too wide.");
        var hidden = await page.EvaluateAsync<string[]>(HiddenButtons);
        Assert.True(hidden.Length == 0, $"{where}: must be scrolled to: {string.Join(", ", hidden)}");
    }
}
