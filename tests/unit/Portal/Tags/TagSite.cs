using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Tags;

/// <summary>The site of a new account, and its tags as the one member edits them.</summary>
sealed class TagSite(PortalHost portal, Browser browser, string domain)
{
    public Browser Browser => browser;
    public string Root => $"/sites/{domain}/tags";

    public static async Task<TagSite> NewAsync(PortalHost portal)
    {
        var (owner, _) = await portal.SignedInAsync();
        return new TagSite(portal, owner, await owner.AddSiteAsync());
    }

    public async Task<TagSite> AnotherAsync() => new(portal, browser, await browser.AddSiteAsync());

    public Task<Answer> GetAsync(string path) => browser.GetAsync(Root + path);

    public Task<Answer> SendAsync(string path, Dictionary<string, string> fields, string? page = null) => browser.SendAsync(Root + path, fields, page is null ? null : Root + page);

    public Task<Answer> AddAsync(string sort, string kind, Dictionary<string, string> fields) => SendAsync($"/{sort}/0?kind={kind}", fields);

    public Task<Answer> PublishAsync(string environment = "live", Dictionary<string, string>? fields = null) => SendAsync("/publish?Environment=" + environment, fields ?? []);

    /// <returns>The path of the item behind <see cref="Root"/>.</returns>
    public async Task<string> PathAsync(string sort, string name)
    {
        await using var db = portal.Everything();
        var (site, wanted) = (await IdAsync(), Enum.Parse<ItemSort>(sort, ignoreCase: true));
        return $"/{sort}/{(await db.TagItems.SingleAsync(i => i.SiteId == site && i.Sort == wanted && i.Name == name)).Number}";
    }

    public async Task<ItemContent> ItemAsync(string name)
    {
        await using var db = portal.Everything();
        var site = await IdAsync();
        return (await db.TagItems.AsNoTracking().SingleAsync(i => i.SiteId == site && i.Name == name)).Content;
    }

    public async Task<TagEnvironment> EnvironmentAsync(string name)
    {
        await using var db = portal.Everything();
        var site = await IdAsync();
        return await db.TagEnvironments.AsNoTracking().SingleAsync(e => e.SiteId == site && e.Name == name);
    }

    /// <summary>What and detail, in order.</summary>
    public async Task<IReadOnlyList<(string What, string Detail)>> LogAsync()
    {
        await using var db = portal.Everything();
        var site = await IdAsync();
        return [.. (await db.TagChanges.Where(c => c.SiteId == site).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync()).Select(c => (c.What, c.Detail))];
    }

    public async Task<int> IdAsync()
    {
        await using var db = portal.Everything();
        return (await db.Sites.SingleAsync(s => s.Domain == domain)).Id;
    }

    public async Task BecomeAsync(MemberRole role)
    {
        await using var db = portal.Everything();
        var tenant = (await db.Sites.SingleAsync(s => s.Domain == domain)).TenantId;
        await db.Members.Where(m => m.TenantId == tenant).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, role));
    }
}
