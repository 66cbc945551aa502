using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal;

namespace SaaS.Analytics.Tests.Portal;

public sealed partial class AdminPageTests(ReportPortal world) : IClassFixture<ReportPortal>
{
    const string Page = "/admin/pipeline";

    [Fact]
    public async Task For_everybody_but_the_operator_the_page_does_not_exist()
    {
        var (_, email) = await world.NewTenantAsync("member.example");
        using var member = await ReportPortal.SignInAsync(world.Portal, email);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(member.CookieContainer));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new CookieContainer()));
    }

    [Fact]
    public async Task The_operator_sees_a_quarantined_chunk_and_replays_it()
    {
        var (_, email) = await world.NewTenantAsync("operator.example");
        world.Portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PortalSettings>>().Value.Operators = [email.ToUpperInvariant()];
        var chunk = new FailedChunk { ChunkId = Guid.CreateVersion7(), CollectorId = "c1", Partition = 1, Events = 12, Payload = [1], Error = "It <broke>", FailedAt = DateTime.UtcNow };
        await using var db = await world.Portal.Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        db.Add(chunk);
        await db.SaveChangesAsync();
        using var handler = await ReportPortal.SignInAsync(world.Portal, email);
        using var browser = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(world.Portal.Urls.First()) };
        var html = await browser.GetStringAsync(Page);
        Assert.Contains($"{chunk.ChunkId}", html);
        Assert.Contains("It &lt;broke&gt;", html);
        using var form = new FormUrlEncodedContent([new("id", $"{chunk.ChunkId}"), new("__RequestVerificationToken", Token().Match(html).Groups[1].Value)]);
        using var answer = await browser.PostAsync($"{Page}?handler=replay", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotNull((await db.FailedChunks.AsNoTracking().SingleAsync(c => c.ChunkId == chunk.ChunkId)).ReplayedAt);
    }

    [Fact]
    public async Task The_operator_has_the_visits_of_a_site_made_again_and_sees_how_far_that_is()
    {
        var (site, email) = await world.NewTenantAsync("rebuilt.example");
        world.Portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<PortalSettings>>().Value.Operators = [email];
        using var handler = await ReportPortal.SignInAsync(world.Portal, email);
        using var browser = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(world.Portal.Urls.First()) };
        Assert.Contains("There is no site with this tracking id or domain.", await RebuildAsync(browser, "nobody.example", "2026-03-01", "2026-03-10"));
        Assert.Contains("Give a last day that is not before the first one.", await RebuildAsync(browser, "rebuilt.example", "2026-03-10", "2026-03-01"));
        Assert.Contains("Waits for a worker", await RebuildAsync(browser, " rebuilt.example ", "2026-03-01", "2026-03-10"));
        await using var db = await world.Portal.Services.GetRequiredService<IDbContextFactory<SystemDb>>().CreateDbContextAsync();
        var rebuild = await db.VisitRebuilds.SingleAsync(r => r.SiteId == site.Id);
        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 10), rebuild.FirstDay, email, null), (rebuild.FirstDay, rebuild.LastDay, rebuild.NextDay, rebuild.RequestedBy, rebuild.FinishedAt));
        rebuild.NextDay = new DateOnly(2026, 3, 4);
        await db.SaveChangesAsync();
        Assert.Contains("Day 3 of 10", await browser.GetStringAsync(Page));
    }

    static async Task<string> RebuildAsync(HttpClient browser, string site, string first, string last)
    {
        var token = Token().Match(await browser.GetStringAsync(Page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("Site", site), new("First", first), new("Last", last), new("__RequestVerificationToken", token)]);
        using var answer = await browser.PostAsync($"{Page}?handler=rebuild", form);
        return answer.StatusCode == HttpStatusCode.Redirect ? await browser.GetStringAsync(Page) : await answer.Content.ReadAsStringAsync();
    }

    async Task<HttpStatusCode> StatusAsync(CookieContainer cookies)
    {
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(world.Portal.Urls.First()) };
        using var answer = await browser.GetAsync(Page);
        return answer.StatusCode;
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();
}
