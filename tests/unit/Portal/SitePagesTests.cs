using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal;

public sealed class SitePagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task No_page_of_a_site_exists_for_another_tenant()
    {
        var (owner, _) = await portal.SignedInAsync();
        var (stranger, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var (items, lists) = (SitePages().Where(p => p.Replace("{domain}", "").Contains('{')).Select(Item), SitePages().Where(p => !p.Replace("{domain}", "").Contains('{')));
        var whole = lists.Count();
        var pages = lists.Concat(items).Select(p => "/" + p.Replace("{domain}", domain)).ToList();
        Assert.Contains($"/sites/{domain}/settings", pages);
        foreach (var page in pages)
        {
            Assert.True((await stranger.GetAsync(page)).Status == HttpStatusCode.NotFound, page);
            Assert.True(pages.IndexOf(page) >= whole || (await owner.GetAsync(page)).Status != HttpStatusCode.NotFound, page);
            Assert.Contains("/sign-in", (await portal.NewBrowser().GetAsync(page)).Location);
        }
    }

    [Fact]
    public async Task No_form_of_a_site_works_for_another_tenant()
    {
        var (owner, _) = await portal.SignedInAsync();
        var (stranger, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        foreach (var path in (string[])["settings", "settings?handler=delete", "snippet?handler=verify"])
        {
            var answer = await stranger.SendAsync($"/sites/{domain}/{path}", new() { ["typed"] = domain }, "/sites/new");
            Assert.True(answer.Status == HttpStatusCode.NotFound, path);
        }
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/sites/{domain}/settings")).Status);
    }

    [Fact]
    public async Task A_site_is_added_under_its_bare_domain_and_twice_only_once()
    {
        var (owner, _) = await portal.SignedInAsync();
        var fields = new Dictionary<string, string> { ["Domain"] = "https://www.Example.com/path", ["TimeZone"] = "Asia/Calcutta" };
        Assert.Equal("/sites/example.com/snippet", (await owner.SendAsync("/sites/new", fields)).Location);
        Assert.Equal("/sites/example.com/snippet", (await owner.SendAsync("/sites/new", fields)).Location);
        Assert.Equal("/sites/example.com/snippet", (await owner.GetAsync("/")).Location);
    }

    [Fact]
    public async Task A_wrong_domain_or_zone_keeps_what_was_typed()
    {
        var (owner, _) = await portal.SignedInAsync();
        var answer = await owner.SendAsync("/sites/new", new() { ["Domain"] = "not a domain", ["Name"] = "Mine", ["TimeZone"] = "Mars/Base" });
        Assert.Equal("not a domain", answer.Html.QuerySelector("#Domain")!.GetAttribute("value"));
        Assert.Equal("Mine", answer.Html.QuerySelector("#Name")!.GetAttribute("value"));
        Assert.Contains("Choose a time zone", answer.Main);
    }

    [Fact]
    public async Task Settings_are_saved_and_shown()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var saved = await owner.SendAsync($"/sites/{domain}/settings", Form(domain, "Renamed"));
        Assert.Equal($"/sites/{domain}/settings", saved.Location);
        var site = await SiteAsync(domain);
        Assert.Equal(("Renamed", 45, SiteAutotrack.FileDownloads), (site.Name, site.VisitTimeoutMinutes, site.Autotrack));
        Assert.Equal(["shop.example.net", "other.example"], site.OtherHosts);
        Assert.Equal("Renamed", (await owner.GetAsync($"/sites/{domain}/settings")).Html.QuerySelector("#Form_Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_secret_of_identities_is_shown_and_replaced_on_purpose_only()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var page = $"/sites/{domain}/settings";
        var first = await ShownAsync();
        Assert.Equal(64, first.Length);
        await owner.SendAsync(page + "?handler=secret", new(), page);
        Assert.Equal(first, await ShownAsync());
        await owner.SendAsync(page + "?handler=secret", new() { ["sure"] = "true" }, page);
        var second = await ShownAsync();
        Assert.Equal((64, (await SiteAsync(domain)).IdentitySecret), (second.Length, second));
        Assert.NotEqual(first, second);

        async Task<string> ShownAsync() => (await owner.GetAsync(page)).Html.QuerySelector("#identity-secret")!.TextContent;
    }

    [Fact]
    public async Task Who_saves_over_somebody_else_s_change_sees_both_and_decides()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var page = $"/sites/{domain}/settings";
        var before = Hidden(await owner.GetAsync(page));
        await owner.SendAsync(page, Form(domain, "Theirs"));

        var conflict = await owner.SendAsync(page, With(Form(domain, "Mine"), before));
        Assert.Contains("Somebody else saved", conflict.Main);
        Assert.Contains("Name is now: Theirs", conflict.Main);
        Assert.Equal("Mine", conflict.Html.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Assert.Equal("Theirs", (await SiteAsync(domain)).Name);

        await owner.SendAsync(page, With(Form(domain, "Mine"), Hidden(conflict)));
        Assert.Equal("Mine", (await SiteAsync(domain)).Name);
    }

    [Fact]
    public async Task The_first_event_in_between_is_no_conflict()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var page = $"/sites/{domain}/settings";
        var before = Hidden(await owner.GetAsync(page));
        await using var db = portal.Everything();
        await db.Sites.Where(s => s.Domain == domain).ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, DateTime.UtcNow));
        Assert.Equal(page, (await owner.SendAsync(page, With(Form(domain, "Mine"), before))).Location);
        Assert.Equal("Mine", (await SiteAsync(domain)).Name);
    }

    [Fact]
    public async Task A_site_is_deleted_only_when_its_domain_is_typed()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var page = $"/sites/{domain}/settings";
        var refused = await owner.SendAsync(page + "?handler=delete", new() { ["typed"] = "something" }, page);
        Assert.Contains($"Type {domain} to delete it", refused.Main);
        Assert.Equal("/?all=1", (await owner.SendAsync(page + "?handler=delete", new() { ["typed"] = domain }, page)).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(page)).Status);
    }

    [Fact]
    public async Task The_snippet_page_waits_until_the_first_event_is_stored()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var page = $"/sites/{domain}/snippet";
        Assert.Equal(HttpStatusCode.NoContent, (await owner.GetAsync(page + "?handler=waiting")).Status);
        Assert.Contains("Waiting for the first event", (await owner.GetAsync(page)).Main);

        await using var db = portal.Everything();
        await db.Sites.Where(s => s.Domain == domain).ExecuteUpdateAsync(s => s.SetProperty(x => x.FirstEventAt, DateTime.UtcNow));
        Assert.Contains("The first event has arrived", (await owner.GetAsync(page + "?handler=waiting")).Body);
        Assert.Contains("The first event has arrived", (await owner.GetAsync(page)).Main);
        Assert.Equal($"/sites/{domain}", (await owner.GetAsync("/")).Location);
    }

    [Fact]
    public async Task The_line_to_copy_holds_the_collector_and_the_site_s_id()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domain = await owner.AddSiteAsync();
        var line = (await owner.GetAsync($"/sites/{domain}/snippet")).Html.QuerySelector("#code-html")!.TextContent;
        Assert.Equal($"""<script async src="https://collector.example/js/{(await SiteAsync(domain)).TrackingId}.js"></script>""", line);
    }

    [Fact]
    public async Task All_sites_are_listed_while_the_event_store_is_away()
    {
        var (owner, _) = await portal.SignedInAsync();
        var domains = new[] { await owner.AddSiteAsync(), await owner.AddSiteAsync() };
        var list = await owner.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.All(domains, d => Assert.Contains(d, list.Main));
        Assert.Contains("The event store does not answer", list.Main);
    }

    static Dictionary<string, string> Form(string domain, string name) => new()
    {
        ["Form.Name"] = name,
        ["Form.Domain"] = domain,
        ["Form.OtherHosts"] = "https://shop.example.net/x\r\nother.example",
        ["Form.TimeZone"] = "UTC",
        ["Form.VisitTimeoutMinutes"] = "45",
        ["Form.BounceSeconds"] = "0",
        ["Form.FileDownloads"] = "true",
    };

    static (string Name, string Value)[] Hidden(Answer page) =>
        [.. ((string[])["Version", "Seen"]).Select(n => ($"Form.{n}", page.Html.QuerySelector("#Form_" + n)!.GetAttribute("value")!))];

    static Dictionary<string, string> With(Dictionary<string, string> form, (string Name, string Value)[] hidden)
    {
        foreach (var (name, value) in hidden) form[name] = value;
        return form;
    }

    async Task<Site> SiteAsync(string domain)
    {
        await using var db = portal.Everything();
        return await db.Sites.AsNoTracking().SingleAsync(s => s.Domain == domain);
    }

    /// <summary>Of a thing that nobody has; the owner would not find it either.</summary>
    static string Item(string page) => page.Replace("{id:guid}", Guid.Empty.ToString()).Replace("{id:maxlength(16)}", "0123456789abcdef")
        .Replace("{number:int}", "1").Replace("{sort}", "tags").Replace("{report:report?}", "acquisition");

    IEnumerable<string> SitePages() => portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => e.RoutePattern.RawText!.TrimStart('/')).Where(r => r.StartsWith("sites/{domain}", StringComparison.Ordinal)).Distinct();
}
