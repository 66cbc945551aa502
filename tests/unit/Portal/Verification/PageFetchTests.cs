using SaaS.Analytics.Hosting;
using System.Net;
using Microsoft.AspNetCore.Http;
using SaaS.Analytics.Portal.Sites.Verification;

namespace SaaS.Analytics.Tests.Portal.Verification;

/// <summary>127.0.0.2 stands for a public server, 127.0.0.1 for one inside.</summary>
public sealed class PageFetchTests
{
    static readonly Reach OnlyTwo = new(a => a.Equals(IPAddress.Parse("127.0.0.2")), _ => true);

    [Fact]
    public async Task A_name_that_leads_inside_is_not_opened()
    {
        await using var inside = await PageServer.HtmlAsync("secret");
        var fetch = Fetch(OnlyTwo, "127.0.0.1");
        await AssertRefusedAsync(fetch, $"http://innocent.example:{inside.Port}/");
        Assert.Equal(0, inside.Requests);
    }

    [Fact]
    public async Task A_name_with_one_address_inside_is_not_opened()
    {
        await using var outside = await PageServer.StartAsync(c => c.Response.WriteAsync("page"), "127.0.0.2");
        var fetch = VerificationSetup.Fetch((_, _) => Task.FromResult(Addresses("127.0.0.2", "127.0.0.1")), OnlyTwo);
        await AssertRefusedAsync(fetch, $"http://innocent.example:{outside.Port}/");
    }

    [Fact]
    public async Task A_redirect_to_an_address_inside_is_not_followed()
    {
        await using var inside = await PageServer.HtmlAsync("secret");
        await using var outside = await PageServer.StartAsync(c => Redirect(c, $"http://127.0.0.1:{inside.Port}/"), "127.0.0.2");
        await AssertRefusedAsync(Fetch(OnlyTwo, "127.0.0.2"), $"http://outside.example:{outside.Port}/");
        Assert.Equal((1, 0), (outside.Requests, inside.Requests));
    }

    [Fact]
    public async Task A_name_that_changes_its_address_between_two_hops_is_not_opened()
    {
        await using var outside = await PageServer.StartAsync(c => Redirect(c, "/again"), "127.0.0.2");
        var answers = new Queue<string>(["127.0.0.2", "127.0.0.1"]);
        var fetch = VerificationSetup.Fetch((_, _) => Task.FromResult(Addresses(answers.Dequeue())), OnlyTwo);
        await AssertRefusedAsync(fetch, $"http://rebinding.example:{outside.Port}/");
        Assert.Equal(1, outside.Requests);
    }

    [Theory]
    [InlineData("http://1.1.1.1:22/")]
    [InlineData("http://1.1.1.1:8080/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("file:///etc/passwd")]
    public async Task From_the_internet_only_web_ports_of_public_addresses_are_opened(string address)
    {
        var fetch = VerificationSetup.Fetch((_, _) => throw new InvalidOperationException("No name is looked up."), Reach.Internet);
        await AssertRefusedAsync(fetch, address);
    }

    [Fact]
    public async Task Redirects_end_after_five()
    {
        await using var site = await PageServer.StartAsync(c => Redirect(c, "/again"));
        await Assert.ThrowsAsync<RedirectException>(() => Fetch(Reach.Anything, "127.0.0.1").GetAsync(Page(site), CancellationToken.None));
        Assert.Equal(6, site.Requests);
    }

    [Fact]
    public async Task Of_an_endless_page_two_megabytes_are_read()
    {
        await using var site = await PageServer.StartAsync(async c =>
        {
            var line = new string('x', 1 << 16);
            while (!c.RequestAborted.IsCancellationRequested) await c.Response.WriteAsync(line, c.RequestAborted);
        });
        var page = await Fetch(Reach.Anything, "127.0.0.1").GetAsync(Page(site), CancellationToken.None);
        Assert.Equal(2 << 20, page.Html.Length);
    }

    static async Task AssertRefusedAsync(PageFetch fetch, string address)
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => fetch.GetAsync(new Uri(address), CancellationToken.None));
        Assert.Equal("private", Unreachable.Explain(e, new Uri(address), CancellationToken.None)!.Code);
    }

    static Task Redirect(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    }

    static Uri Page(PageServer server) => new($"http://site.example:{server.Port}/");
    static PageFetch Fetch(Reach reach, string address) => VerificationSetup.Fetch((_, _) => Task.FromResult(Addresses(address)), reach);
    static IPAddress[] Addresses(params string[] addresses) => [.. addresses.Select(IPAddress.Parse)];
}
