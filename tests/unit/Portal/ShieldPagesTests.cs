using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Tests.Portal;

public sealed class ShieldPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_shield_is_put_up_once_and_taken_down()
    {
        var (owner, page) = await WithSiteAsync();
        Assert.Contains("There is none", (await owner.GetAsync(page)).Body);
        await AddAsync(owner, page, "ip", "10.1.2.3/8");
        var again = await AddAsync(owner, page, "ip", "10.9.9.9/8");
        Assert.Contains("This shield is there already.", again.Body);
        await using var db = portal.Everything();
        var domain = page.Split('/')[2];
        var site = await db.Sites.SingleAsync(s => s.Domain == domain);
        var shield = await db.Shields.SingleAsync(s => s.SiteId == site.Id);
        Assert.Equal(("10.0.0.0/8", "Office"), (shield.Value, shield.Note));
        await owner.SendAsync(page + "?handler=remove", new() { ["id"] = shield.Id.ToString() }, page);
        Assert.Contains("There is none", (await owner.GetAsync(page)).Body);
    }

    [Theory]
    [InlineData("ip", "everything", "Enter an address like")]
    [InlineData("page", "admin", "Enter a path like")]
    [InlineData("country", "", "Say what is not to be counted.")]
    [InlineData("weather", "sunny", "Choose what the shield is about.")]
    public async Task What_is_no_shield_is_explained_and_stays_in_the_form(string fact, string value, string error)
    {
        var (owner, page) = await WithSiteAsync();
        var answer = await AddAsync(owner, page, fact, value);
        Assert.Contains(error, answer.Body);
        Assert.Equal(value, answer.Html.QuerySelector("#Value")!.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Another_tenant_sees_and_removes_none_of_it()
    {
        var (owner, page) = await WithSiteAsync();
        await AddAsync(owner, page, "country", "FR");
        var (stranger, theirs) = await WithSiteAsync();
        Assert.Equal(404, (int)(await stranger.GetAsync(page)).Status);
        await using var db = portal.Everything();
        var shield = await db.Shields.SingleAsync(s => s.Value == "FR");
        await stranger.SendAsync(theirs + "?handler=remove", new() { ["id"] = shield.Id.ToString() }, theirs);
        Assert.Equal(1, await db.Shields.CountAsync(s => s.Value == "FR"));
    }

    static Task<Answer> AddAsync(Browser owner, string page, string fact, string value) =>
        owner.SendAsync(page, new() { ["Fact"] = fact, ["Value"] = value, ["Note"] = " Office " });

    async Task<(Browser Owner, string Page)> WithSiteAsync()
    {
        var (owner, _) = await portal.SignedInAsync();
        return (owner, $"/sites/{await owner.AddSiteAsync()}/shields");
    }
}
