using Microsoft.EntityFrameworkCore;

namespace SaaS.Analytics.Tests.Portal;

public sealed class ChannelPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Rules_are_added_moved_removed_and_every_state_can_be_gone_back_to()
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/channels";
        Assert.Equal(19, (await ChannelsAsync(owner, page)).Count);
        Assert.Equal(302, (int)(await AddAsync(owner, page, "Partners", "is", "Acme, Other")).Status);
        Assert.Equal(["1. Partners", "2. Cross-network"], (await ChannelsAsync(owner, page)).Take(2));
        Assert.Contains("source is acme or other", (await owner.GetAsync(page)).Body);
        await owner.SendAsync(page + "?handler=move", new() { ["index"] = "0", ["by"] = "1" }, page);
        Assert.Equal(["1. Cross-network", "2. Partners"], (await ChannelsAsync(owner, page)).Take(2));
        await owner.SendAsync(page + "?handler=remove", new() { ["index"] = "0" }, page);
        Assert.Equal("1. Partners", (await ChannelsAsync(owner, page))[0]);
        await owner.SendAsync(page + "?handler=back", new() { ["number"] = "1" }, page);
        Assert.Equal(["1. Partners", "2. Cross-network"], (await ChannelsAsync(owner, page)).Take(2));
        await owner.SendAsync(page + "?handler=restore", [], page);
        Assert.Equal((19, "1. Cross-network"), (await ChannelsAsync(owner, page)) is var now ? (now.Count, now[0]) : default);
        await using var db = portal.Everything();
        var domain = page.Split('/')[2];
        var numbers = await db.ChannelRules.Where(v => db.Sites.Any(s => s.Id == v.SiteId && s.Domain == domain)).Select(v => v.Number).ToListAsync();
        Assert.Equal([1, 2, 3, 4, 5], numbers.Order());
    }

    [Theory]
    [InlineData("matches", "(unclosed", "This regular expression cannot be used")]
    [InlineData("matches", "(?<=a)b", "This regular expression cannot be used")]
    [InlineData("sounds", "a", "Choose what the rule looks at")]
    [InlineData("is", "", "Say what the visit must have")]
    public async Task What_is_no_rule_is_explained(string comparison, string value, string error)
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/channels";
        Assert.Contains(error, (await AddAsync(owner, page, "Partners", comparison, value)).Body);
        Assert.Equal(19, (await ChannelsAsync(owner, page)).Count);
    }

    [Fact]
    public async Task A_change_of_rules_that_somebody_else_changed_is_not_made()
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/channels";
        await AddAsync(owner, page, "Partners", "is", "acme");
        var late = await owner.SendAsync(page + "?handler=remove", new() { ["index"] = "0", ["Seen"] = "0" }, page);
        Assert.Contains("Somebody else changed the rules", late.Body);
        Assert.Equal("1. Partners", (await ChannelsAsync(owner, page))[0]);
    }

    [Fact]
    public async Task Another_tenant_reaches_none_of_it()
    {
        var (owner, _) = await portal.SignedInAsync();
        var page = $"/sites/{await owner.AddSiteAsync()}/channels";
        var (stranger, _) = await portal.SignedInAsync();
        Assert.Equal(404, (int)(await stranger.GetAsync(page)).Status);
        Assert.Equal(404, (int)(await stranger.SendAsync(page + "?handler=restore", new() { ["Seen"] = "0" }, "/sites/new")).Status);
    }

    static Task<Answer> AddAsync(Browser owner, string page, string channel, string comparison, string value) => owner.SendAsync(page, new()
    {
        ["Form.Channel"] = channel, ["Form.Fact"] = "source", ["Form.Operator"] = comparison, ["Form.Value"] = value,
        ["Form.AndFact"] = "medium", ["Form.AndOperator"] = "is", ["Form.AndValue"] = "",
    });

    static async Task<List<string>> ChannelsAsync(Browser owner, string page) =>
        [.. (await owner.GetAsync(page)).Html.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr td:first-child").Select(c => c.TextContent.Trim())];
}
