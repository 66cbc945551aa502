using System.Net;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Tests.Portal;

public sealed partial class FrameTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Every_script_of_a_page_is_the_portal_s_own_or_bears_the_nonce()
    {
        var answer = await portal.NewBrowser().GetAsync("/");
        var policy = answer.Response.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.DoesNotContain("unsafe", policy);
        Assert.All(answer.Html.QuerySelectorAll("script:not([src])"), s => Assert.Equal(nonce, s.GetAttribute("nonce")));
        Assert.All(answer.Html.QuerySelectorAll("script[src], link[href]"), s =>
            Assert.StartsWith("/built/", s.GetAttribute("src") ?? s.GetAttribute("href")));
        Assert.Empty(answer.Html.QuerySelectorAll("[style], [onclick], style"));
    }

    [Fact]
    public async Task Browser_files_are_cached_for_ever_under_their_hash_only()
    {
        var browser = portal.NewBrowser();
        var address = (await browser.GetAsync("/")).Html.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var file = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Contains("immutable", file.Response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("immutable", (await browser.GetAsync("/built/app.css?v=other")).Response.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/built/..%2Fappsettings.json")).Status);
    }

    [Fact]
    public async Task The_theme_is_remembered_and_rendered_by_the_server()
    {
        var browser = portal.NewBrowser();
        Assert.Equal("system", (await browser.GetAsync("/")).Html.DocumentElement.GetAttribute("data-theme"));
        var changed = await browser.SendAsync("/theme", new() { ["theme"] = "dark", ["back"] = "//evil.example" }, "/");
        Assert.Equal("/", changed.Location);
        Assert.Equal("dark", (await browser.GetAsync("/")).Html.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task The_outbox_opens_with_the_token_only()
    {
        var (_, email) = await portal.SignedInAsync();
        var browser = portal.NewBrowser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/outbox")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/outbox?token=wrong")).Status);
        var list = await browser.GetAsync($"/outbox?token={PortalHost.OutboxToken}");
        Assert.Contains(email, list.Main);
        var mail = list.Html.QuerySelectorAll("main tbody tr").First(r => r.TextContent.Contains(email)).QuerySelector("a")!.GetAttribute("href")!;
        Assert.StartsWith("http://portal.example/confirm?", (await browser.GetAsync(mail)).Html.QuerySelector("#mail a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_does_not_exist_is_a_page_that_says_so()
    {
        var answer = await portal.NewBrowser().GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("does not exist", answer.Main);
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();
}
