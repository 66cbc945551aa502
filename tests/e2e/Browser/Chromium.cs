using Microsoft.Playwright;

namespace SaaS.Analytics.E2E.Browser;

/// <summary>The system's Chromium, for all tests of a run. <c>*.test</c> is this machine, so that a customer's site has a name of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.test 127.0.0.1",
    ];

    /// <summary>A headless browser says so, and is then counted as a bot.</summary>
    const string UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    IPlaywright? playwright;
    IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = Flags });
    }

    /// <summary>A browser of its own: nothing is shared with another person's.</summary>
    public async Task<IBrowserContext> PersonAsync(bool dark = false, int width = 1440, int height = 900)
    {
        var person = await browser!.NewContextAsync(new()
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = height },
            UserAgent = UserAgent, Permissions = ["clipboard-read", "clipboard-write"], TimezoneId = "Europe/Berlin", Locale = "en-GB",
        });
        person.SetDefaultTimeout(30_000);
        return person;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }
}
