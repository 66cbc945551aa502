using Microsoft.EntityFrameworkCore;
using Npgsql;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Tags;

/// <summary>Who may put code on a site, what is asked before, and what stays written down.</summary>
public sealed class TagSafetyTests(PortalHost portal) : IClassFixture<PortalHost>
{
    static Dictionary<string, string> Html(string html) => new() { ["name"] = "H", ["s.html"] = html, ["on"] = "-1", ["confirm"] = "on" };

    [Fact]
    public async Task Who_may_not_change_code_publishes_none_that_is_not_there_already()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "html", Html("<b>one</b>"));
        await site.BecomeAsync(MemberRole.Editor);
        Assert.Contains("“H” runs code of your own that live does not have", (await site.GetAsync("/publish")).Main);
        Assert.Contains("“H” runs code of your own that live does not have", (await site.PublishAsync()).Main);
        Assert.Null((await site.EnvironmentAsync("live")).Published);

        await site.BecomeAsync(MemberRole.Admin);
        Assert.Equal(302, (int)(await site.PublishAsync()).Status);
        await site.SendAsync(await site.PathAsync("tag", "H"), Html("<b>two</b>"));
        await site.BecomeAsync(MemberRole.Editor);
        Assert.Contains("runs code of your own", (await site.PublishAsync()).Main);
        await site.BecomeAsync(MemberRole.Admin);
        Assert.Equal(302, (int)(await site.PublishAsync()).Status);

        await site.BecomeAsync(MemberRole.Editor);
        Assert.Contains("runs code of your own", (await site.SendAsync("/versions/1", new() { ["environment"] = "live" })).Main);
        await site.AddAsync("tag", "event", new() { ["name"] = "E", ["s.name"] = "x", ["on"] = "-1" });
        Assert.Equal(302, (int)(await site.PublishAsync()).Status);
        Assert.Equal(3, (await site.EnvironmentAsync("live")).Published);
    }

    [Fact]
    public async Task A_copy_of_code_is_confirmed_and_in_the_log_too()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "html", Html("<b>one</b>"));
        var tag = await site.PathAsync("tag", "H");
        Assert.Contains("Confirm that you know", (await site.SendAsync(tag + "?handler=copy", [], tag)).Main);
        Assert.Equal(302, (int)(await site.SendAsync(tag + "?handler=copy", new() { ["confirm"] = "on" }, tag)).Status);
        Assert.Equal(("Added tag “H (2)”", "<b>one</b>"), (await site.LogAsync())[^1]);
    }

    [Fact]
    public async Task The_log_shows_the_address_from_which_a_script_comes()
    {
        var site = await TagSite.NewAsync(portal);
        Dictionary<string, string> Fields(string url) => new() { ["name"] = "M", ["s.url"] = url, ["s.id"] = "1", ["on"] = "-1", ["confirm"] = "on" };
        await site.AddAsync("tag", "matomo", Fields("https://good.example/"));
        await site.SendAsync(await site.PathAsync("tag", "M"), Fields("https://evil.example/"));
        var (what, detail) = (await site.LogAsync())[^1];
        Assert.Equal("Changed tag “M”", what);
        Assert.Equal("Before:\nAddress of Matomo: https://good.example/\nSite ID: 1\n\nAfter:\nAddress of Matomo: https://evil.example/\nSite ID: 1", detail);
    }

    [Fact]
    public async Task Who_may_change_code_is_in_the_log_before_and_after_and_is_not_widened_by_those_who_may_not()
    {
        var site = await TagSite.NewAsync(portal);
        await site.SendAsync("/settings", new() { ["CodeRole"] = "Owner", ["Ads"] = "granted" });
        var detail = (await site.LogAsync())[^1].Detail;
        Assert.Matches("(?s)Before:.*ads wait.*Code of your own: Admins and above.*After:.*ads granted.*Code of your own: Owners", detail);
        await site.BecomeAsync(MemberRole.Admin);
        Assert.Null((await site.GetAsync("/settings")).Html.QuerySelector("#code"));
        Assert.Equal(302, (int)(await site.SendAsync("/settings", new() { ["CodeRole"] = "Editor", ["Ads"] = "denied" })).Status);
        await using var db = portal.Everything();
        var id = await site.IdAsync();
        Assert.Equal(MemberRole.Owner, (await db.TagContainers.SingleAsync(c => c.SiteId == id)).CodeRole);
    }

    [Fact]
    public async Task What_was_published_and_the_log_cannot_be_changed_and_go_with_their_site()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", new() { ["name"] = "T", ["s.name"] = "x", ["on"] = "-1" });
        await site.PublishAsync();
        var id = await site.IdAsync();
        await using var db = portal.Everything();
        await RefusedAsync(() => db.TagVersions.Where(v => v.SiteId == id).ExecuteUpdateAsync(v => v.SetProperty(x => x.Content, "{}")));
        await RefusedAsync(() => db.TagVersions.Where(v => v.SiteId == id).ExecuteDeleteAsync());
        await RefusedAsync(() => db.TagChanges.Where(c => c.SiteId == id).ExecuteUpdateAsync(c => c.SetProperty(x => x.By, "nobody")));
        await RefusedAsync(() => db.TagChanges.Where(c => c.SiteId == id).ExecuteDeleteAsync());
        await using var source = NpgsqlDataSource.Create(portal.AppConnection);
        foreach (var change in (string[])["UPDATE tag_versions SET content = '{}'", "DELETE FROM tag_versions", "UPDATE tag_changes SET what = ''", "DELETE FROM tag_changes"])
            await RefusedAsync(() => source.CreateCommand(change).ExecuteNonQueryAsync());
        await db.Sites.Where(s => s.Id == id).ExecuteDeleteAsync();
        Assert.False(await db.TagVersions.AnyAsync(v => v.SiteId == id) || await db.TagChanges.AnyAsync(c => c.SiteId == id));
    }

    static async Task RefusedAsync(Func<Task> change) => Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(change)).SqlState);

    [Fact]
    public async Task A_new_site_of_an_account_whose_tags_are_stopped_begins_stopped()
    {
        var site = await TagSite.NewAsync(portal);
        Dictionary<string, string> fields = new() { ["name"] = "T", ["s.name"] = "x", ["on"] = "-1" };
        await site.AddAsync("tag", "event", fields);
        await site.SendAsync("/settings?handler=stopAccount", [], "/settings");
        var second = await site.AnotherAsync();
        await second.AddAsync("tag", "event", fields);
        Assert.Contains("All tags of this site are stopped", (await second.GetAsync("")).Main);
        await second.SendAsync("/settings?handler=startAccount", [], "/settings");
        var third = await site.AnotherAsync();
        await third.AddAsync("tag", "event", fields);
        Assert.DoesNotContain("stopped", (await third.GetAsync("")).Main);
    }
}
