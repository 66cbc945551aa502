using Microsoft.EntityFrameworkCore;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Tags;

public sealed class TagPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_tag_is_made_from_a_template_published_changed_and_rolled_back()
    {
        var (owner, root) = await WithSiteAsync();
        Assert.Contains("There is no tag yet", (await owner.GetAsync(root)).Body);
        Assert.Contains("Meta Pixel", (await owner.GetAsync(root + "/new/tag")).Body);
        Assert.Equal(302, (int)(await AddAsync(owner, root, "tag", "event", new() { ["name"] = "Signup tag", ["s.name"] = "Signup", ["on"] = "-1" })).Status);
        var list = await owner.GetAsync(root);
        Assert.Contains("Signup tag", list.Main);
        Assert.Contains("Publish 1 change", list.Main);
        Assert.Contains("added", (await owner.GetAsync(root + "/publish")).Main);
        await PublishAsync(owner, root);
        var tag = (await owner.GetAsync(root)).Html.QuerySelector("main td a")!.GetAttribute("href")!;
        await owner.SendAsync(tag, new() { ["name"] = "Signup tag", ["s.name"] = "Register", ["on"] = "-1" });
        Assert.Contains("Register", (await owner.GetAsync(root + "/publish")).Main);
        await PublishAsync(owner, root);
        await PublishAsync(owner, root);
        await owner.SendAsync(root + "/versions/1", new() { ["environment"] = "live" });
        await using var db = portal.Everything();
        var site = await SiteAsync(root);
        Assert.Equal([1, 2], await db.TagVersions.Where(v => v.SiteId == site).OrderBy(v => v.Number).Select(v => v.Number).ToListAsync());
        var live = await db.TagEnvironments.SingleAsync(e => e.SiteId == site && e.Name == TagEnvironment.Live);
        Assert.Equal((1, 4), (live.Published, live.Release));
        var content = ContainerContent.Read((await db.TagVersions.SingleAsync(v => v.SiteId == site && v.Number == 1)).Content);
        Assert.Equal("Signup", content.Items.Single().Text("name"));
        var log = await db.TagChanges.Where(c => c.SiteId == site).OrderBy(c => c.At).Select(c => c.What).ToListAsync();
        Assert.Contains("Published version 1 to live, which had version 2", log);
        Assert.Contains("Published version 1 to live", (await owner.GetAsync(root + "/log")).Main);
    }

    [Fact]
    public async Task Every_kind_has_a_form_with_all_its_settings()
    {
        var (owner, root) = await WithSiteAsync();
        foreach (var sort in Enum.GetValues<ItemSort>())
            foreach (var kind in ItemKinds.Of(sort))
            {
                var form = (await owner.GetAsync($"{root}/{sort.ToString().ToLowerInvariant()}/0?kind={kind.Key}")).Html;
                Assert.All(kind.Fields, f => Assert.True(
                    form.QuerySelector($"main [name='s.{f.Key}'], main [name='s.{f.Key}.k']") is not null, $"{kind.Key} lacks {f.Key}"));
                Assert.All(form.QuerySelectorAll("main input:not([type=hidden]), main select, main textarea"), i => Assert.True(
                    i.HasAttribute("aria-label") || form.QuerySelector($"label[for='{i.Id}']") is not null, $"{kind.Key}: {i.OuterHtml} has no label"));
            }
    }

    [Theory]
    [InlineData("tag", "ga4-event", "s.id", "UA-1", "Enter an ID like G-ABC123XYZ")]
    [InlineData("tag", "image", "s.url", "javascript:alert(1)", "Enter an address that begins with https://")]
    [InlineData("tag", "event", "name", "", "Give it a name")]
    [InlineData("tag", "event", "s.name", "{{Nothing}}", "There is no variable “Nothing”")]
    [InlineData("trigger", "scroll", "s.depths", "half", "Enter numbers with commas between")]
    [InlineData("trigger", "visible", "s.selector", "[", "This is no CSS selector")]
    [InlineData("trigger", "timer", "s.milliseconds", "soon", "enter a whole number")]
    [InlineData("variable", "code", "s.code", "function () { return", "Line 1")]
    [InlineData("variable", "code", "s.code", "1)};alert(1);({a:(1", "Line 1")]
    public async Task What_is_wrong_is_said_and_stays_in_the_form(string sort, string kind, string field, string value, string error)
    {
        var (owner, root) = await WithSiteAsync();
        var fields = new Dictionary<string, string>
        {
            ["name"] = "A", ["confirm"] = "on", ["s.id"] = "G-ABC", ["s.name"] = "x", ["s.depths"] = "50", ["s.selector"] = "#a", ["s.milliseconds"] = "500", ["s.url"] = "https://a.example/", ["s.code"] = "1",
        };
        fields[field] = value;
        var answer = await AddAsync(owner, root, sort, kind, fields);
        Assert.Equal(200, (int)answer.Status);
        Assert.Contains(error, answer.Main);
        if (value.Length > 0) Assert.Contains(answer.Html.QuerySelectorAll("main input, main textarea"), i => (i.GetAttribute("value") ?? i.TextContent).Trim() == value);
        await using var db = portal.Everything();
        var site = await SiteAsync(root);
        Assert.False(await db.TagItems.AnyAsync(i => i.SiteId == site));
    }

    [Theory]
    [InlineData("(a+)+$", "may take for ever")]
    [InlineData("(", "This is no regular expression")]
    public async Task Conditions_are_checked(string expression, string error)
    {
        var (owner, root) = await WithSiteAsync();
        var answer = await AddAsync(owner, root, "trigger", "pageview", new() { ["name"] = "A", ["when.variable"] = "Page Path", ["when.operator"] = "regex", ["when.value"] = expression, ["when.fold"] = "0" });
        Assert.Contains(error, answer.Main);
    }

    [Fact]
    public async Task What_is_used_is_not_deleted_and_a_new_name_reaches_its_users()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "variable", "layer", new() { ["name"] = "Plan", ["s.name"] = "plan" });
        await AddAsync(owner, root, "trigger", "custom", new() { ["name"] = "Go", ["s.name"] = "go", ["when.variable"] = "Plan", ["when.operator"] = "!equals", ["when.value"] = "free", ["when.fold"] = "1" });
        var (variable, trigger) = (await LinkAsync(owner, root, "variable"), await LinkAsync(owner, root, "trigger"));
        await AddAsync(owner, root, "tag", "event", new() { ["name"] = "T", ["s.name"] = "Bought {{Plan}}", ["on"] = trigger.Split('/')[^1] });
        Assert.Contains("Fires on Go once per event.", (await owner.GetAsync(await LinkAsync(owner, root, "tag"))).Main);
        foreach (var used in (string[])[variable, trigger])
        {
            Assert.Empty((await owner.GetAsync(used)).Html.QuerySelectorAll("form[action='?handler=delete']"));
            Assert.Contains("It is used by", (await owner.SendAsync(used + "?handler=delete", [], used)).Main);
        }
        await owner.SendAsync(variable, new() { ["name"] = "Tier", ["s.name"] = "plan" });
        Assert.Contains("{{Tier}}", (await owner.GetAsync(await LinkAsync(owner, root, "tag"))).Body);
        Assert.Contains("Tier is not “free”", (await owner.GetAsync(trigger)).Main);
        var tag = await LinkAsync(owner, root, "tag");
        await owner.SendAsync(tag + "?handler=delete", [], tag);
        Assert.Contains("There is no tag yet", (await owner.GetAsync(root)).Body);
    }

    [Fact]
    public async Task Two_people_who_edit_one_tag_see_what_the_other_saved()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "tag", "event", new() { ["name"] = "T", ["s.name"] = "one", ["on"] = "-1" });
        var tag = await LinkAsync(owner, root, "tag");
        var seen = (await owner.GetAsync(tag)).Html.QuerySelector("[name=seen]")!.GetAttribute("value")!;
        await owner.SendAsync(tag, new() { ["name"] = "T", ["s.name"] = "theirs", ["on"] = "-1" });
        var late = await owner.SendAsync(tag, new() { ["name"] = "T", ["s.name"] = "mine", ["on"] = "-1", ["seen"] = seen });
        Assert.Contains("saved this while you edited it", late.Main);
        Assert.Contains("theirs", late.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal("mine", late.Html.QuerySelector("#s-name")!.GetAttribute("value"));
        await owner.SendAsync(tag, new() { ["name"] = "T", ["s.name"] = "mine", ["on"] = "-1", ["seen"] = late.Html.QuerySelector("[name=seen]")!.GetAttribute("value")! });
        Assert.Contains("mine", (await owner.GetAsync(tag)).Body);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "variable", "title", new() { ["name"] = "A" });
        Assert.Contains("Another variable has this name", (await AddAsync(owner, root, "variable", "title", new() { ["name"] = "A" })).Main);
        Assert.Equal(302, (int)(await AddAsync(owner, root, "trigger", "click", new() { ["name"] = "A" })).Status);
        var trigger = await LinkAsync(owner, root, "trigger");
        Assert.Equal(302, (int)(await owner.SendAsync(trigger + "?handler=copy", [], trigger)).Status);
        Assert.Contains("A (2)", (await owner.GetAsync(root + "?view=trigger")).Main);
    }

    [Fact]
    public async Task Viewers_read_and_editors_add_no_code()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "tag", "html", new() { ["name"] = "H", ["s.html"] = "<b>x</b>", ["on"] = "-1", ["confirm"] = "on" });
        Assert.Contains("Confirm that you know", (await AddAsync(owner, root, "tag", "js", new() { ["name"] = "J", ["s.code"] = "a()" })).Main);
        var html = await LinkAsync(owner, root, "tag");
        await RoleAsync(root, MemberRole.Editor);
        Assert.Equal(403, await RefusedAsync(owner, html, new() { ["name"] = "H", ["s.html"] = "<i>y</i>", ["confirm"] = "on" }));
        Assert.Contains("You are not allowed to change code", (await owner.GetAsync(root + "/tag/0?kind=js")).Main);
        Assert.Equal(302, (int)(await AddAsync(owner, root, "tag", "event", new() { ["name"] = "E", ["s.name"] = "x" })).Status);
        Assert.Equal(403, await RefusedAsync(owner, root + "/settings?handler=stop", []));
        await RoleAsync(root, MemberRole.Viewer);
        Assert.Empty((await owner.GetAsync(root)).Html.QuerySelectorAll("main .button-main"));
        Assert.Equal(403, await RefusedAsync(owner, root + "/publish", []));
        Assert.Equal(403, await RefusedAsync(owner, root + "/tag/0?kind=event", new() { ["name"] = "E2", ["s.name"] = "x" }));
    }

    [Fact]
    public async Task Another_tenant_reaches_none_of_it()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "tag", "event", new() { ["name"] = "T", ["s.name"] = "x" });
        await PublishAsync(owner, root);
        var (stranger, theirs) = await WithSiteAsync();
        foreach (var path in (string[])["", "/new/tag", "/tag/1", "/publish", "/versions", "/versions/1", "/environments", "/transfer", "/transfer?handler=file", "/settings", "/log", "/preview"])
            Assert.Equal(404, (int)(await stranger.GetAsync(root + path)).Status);
        Assert.Equal(404, (int)(await stranger.SendAsync(root + "/publish", [], theirs + "/publish")).Status);
        Assert.Equal(404, (int)(await stranger.SendAsync(root + "/tag/1?handler=delete", [], theirs + "/publish")).Status);
    }

    [Fact]
    public async Task A_link_to_a_preview_goes_to_the_sites_own_pages_only_and_ends_when_all_do()
    {
        var (owner, root) = await WithSiteAsync();
        var domain = root.Split('/')[2];
        var answer = await owner.SendAsync(root + "/preview", new() { ["Address"] = $"https://{domain}/shop?a=1#x" });
        var link = answer.Html.QuerySelector("#link")!.TextContent;
        Assert.StartsWith($"https://{domain}/shop?a=1#tag_preview=0.", link);
        await using var db = portal.Everything();
        var site = await db.Sites.SingleAsync(s => s.Domain == domain);
        var before = await db.TagContainers.AsNoTracking().SingleAsync(c => c.SiteId == site.Id);
        Assert.NotNull(PreviewToken.Read(link.Split('=')[^1], before.PreviewKey, site.TrackingId, DateTimeOffset.UtcNow));
        Assert.Contains("Enter an address of", (await owner.SendAsync(root + "/preview", new() { ["Address"] = "https://evil.example/" })).Main);
        await owner.SendAsync(root + "/settings?handler=revoke", [], root + "/settings");
        var after = await db.TagContainers.AsNoTracking().SingleAsync(c => c.SiteId == site.Id);
        Assert.Null(PreviewToken.Read(link.Split('=')[^1], after.PreviewKey, site.TrackingId, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Environments_come_and_go_and_consent_is_published_with_a_version()
    {
        var (owner, root) = await WithSiteAsync();
        await owner.SendAsync(root + "/environments", new() { ["Name"] = "test" });
        Assert.Contains("There is an environment with this name", (await owner.SendAsync(root + "/environments", new() { ["Name"] = "test" })).Main);
        Assert.Contains("Use up to 40 small letters", (await owner.SendAsync(root + "/environments", new() { ["Name"] = "No way" })).Main);
        Assert.Contains("?env=", (await owner.GetAsync(root + "/environments")).Html.QuerySelector("#line-test")!.TextContent);
        await owner.SendAsync(root + "/settings", new() { ["Analytics"] = "granted", ["Ads"] = "denied", ["Personalization"] = "bogus", ["CodeRole"] = "Owner" });
        await PublishAsync(owner, root, "test");
        await owner.SendAsync(root + "/environments?handler=remove", new() { ["which"] = "test" }, root + "/environments");
        await owner.SendAsync(root + "/environments?handler=remove", new() { ["which"] = "live" }, root + "/environments");
        await using var db = portal.Everything();
        var site = await SiteAsync(root);
        Assert.Equal(["live", "staging"], await db.TagEnvironments.Where(e => e.SiteId == site).OrderBy(e => e.Name).Select(e => e.Name).ToListAsync());
        var consent = ContainerContent.Read((await db.TagVersions.SingleAsync(v => v.SiteId == site)).Content).Consent;
        Assert.Equal(("granted", "denied", "wait", false), (consent.Analytics, consent.Ads, consent.Personalization, consent.Google));
        Assert.Equal(MemberRole.Owner, (await db.TagContainers.SingleAsync(c => c.SiteId == site)).CodeRole);
    }

    [Fact]
    public async Task Consent_may_be_another_one_in_some_places_and_what_is_no_place_is_said()
    {
        var (owner, root) = await WithSiteAsync();
        Dictionary<string, string> Fields(string places) => new() { ["Ads"] = "granted", ["Google"] = "true", ["region.places"] = places, ["region.analytics"] = "wait", ["region.ads"] = "denied", ["region.personalization"] = "denied" };
        foreach (var (wrong, error) in (new[] { ("Germany", "“Germany” is no place"), ("DE, eea, de-be", "“de-be” is no place") }))
        {
            var refused = await owner.SendAsync(root + "/settings", Fields(wrong));
            Assert.Contains(error, refused.Main);
            Assert.Equal(wrong.Length, refused.Html.QuerySelector("[name='region.places']")!.GetAttribute("value")!.Length);
            Assert.Equal("granted", refused.Html.QuerySelector("#Ads option[selected]")!.GetAttribute("value"));
        }
        Assert.Equal(302, (int)(await owner.SendAsync(root + "/settings", Fields("eea, uk us-ca"))).Status);
        var saved = (await owner.GetAsync(root + "/settings")).Html;
        Assert.Equal("EEA, GB, US-CA", saved.QuerySelector("[name='region.places']")!.GetAttribute("value"));
        Assert.Equal("denied", saved.QuerySelector("[name='region.ads'] option[selected]")!.GetAttribute("value"));
        Assert.Contains("EEA, GB, US-CA: analytics wait, ads denied", (await owner.GetAsync(root + "/log")).Main);
        await PublishAsync(owner, root);
        await using var db = portal.Everything();
        var site = await SiteAsync(root);
        var regions = ContainerContent.Read((await db.TagVersions.SingleAsync(v => v.SiteId == site)).Content).Consent.Regions!;
        Assert.Equal("EEA GB US-CA wait denied denied", $"{string.Join(' ', regions.Single().Places)} {regions.Single().Analytics} {regions.Single().Ads} {regions.Single().Personalization}");
        Assert.Equal(302, (int)(await owner.SendAsync(root + "/settings", new() { ["Ads"] = "granted", ["Google"] = "true" })).Status);
        var change = (await owner.GetAsync(root + "/publish")).Html.QuerySelector("main .change-table")!;
        Assert.Contains("EEA, GB, US-CA: analytics wait, ads denied", change.QuerySelector("del")!.TextContent);
        Assert.Equal("Everywhere else: analytics wait, ads granted, personalization wait\nGoogle's tags are told", change.QuerySelector("ins")!.TextContent.Trim());
    }

    [Fact]
    public async Task One_switch_stops_the_tags_of_all_sites_of_an_account_and_only_of_it()
    {
        var (owner, root) = await WithSiteAsync();
        var second = $"/sites/{await owner.AddSiteAsync()}/tags";
        var (stranger, theirs) = await WithSiteAsync();
        foreach (var (who, where) in new[] { (owner, root), (owner, second), (stranger, theirs) }) await AddAsync(who, where, "tag", "event", new() { ["name"] = "T", ["s.name"] = "x" });
        await owner.SendAsync(root + "/settings?handler=stopAccount", [], root + "/settings");
        Assert.Equal("stopped stopped runs", await StandingAsync(root, second, theirs));
        Assert.Contains("Stopped the tags of all sites of the account", (await owner.GetAsync(second + "/log")).Main);
        Assert.Contains("2 sites have tags, all are stopped", (await owner.GetAsync(second + "/settings")).Main);
        await RoleAsync(root, MemberRole.Admin);
        Assert.Equal(403, await RefusedAsync(owner, root + "/settings?handler=startAccount", []));
        await RoleAsync(root, MemberRole.Owner);
        await owner.SendAsync(root + "/settings?handler=startAccount", [], root + "/settings");
        Assert.Equal("runs runs runs", await StandingAsync(root, second, theirs));
    }

    async Task<string> StandingAsync(params string[] roots)
    {
        await using var db = portal.Everything();
        var words = new List<string>();
        foreach (var root in roots)
        {
            var site = await SiteAsync(root);
            words.Add((await db.TagContainers.AsNoTracking().SingleAsync(c => c.SiteId == site)).Stopped ? "stopped" : "runs");
        }
        return string.Join(' ', words);
    }

    [Fact]
    public async Task Publications_at_the_same_moment_leave_a_whole_one()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "tag", "event", new() { ["name"] = "T", ["s.name"] = "x", ["on"] = "-1" });
        var tag = await LinkAsync(owner, root, "tag");
        for (var round = 0; round < 3; round++)
        {
            await owner.SendAsync(tag, new() { ["name"] = "T", ["s.name"] = $"round {round}", ["on"] = "-1" });
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PublishAsync(owner, root)));
            Assert.Contains(answers, a => (int)a.Status == 302);
            Assert.All(answers.Where(a => (int)a.Status != 302), a => Assert.Contains("published at the same moment", a.Main));
            await using var db = portal.Everything();
            var site = await SiteAsync(root);
            var live = await db.TagEnvironments.AsNoTracking().SingleAsync(e => e.SiteId == site && e.Name == TagEnvironment.Live);
            var versions = await db.TagVersions.AsNoTracking().Where(v => v.SiteId == site).OrderBy(v => v.Number).ToListAsync();
            Assert.Equal(Enumerable.Range(1, round + 1), versions.Select(v => v.Number));
            Assert.Equal(round + 1, live.Published);
            Assert.Equal($"round {round}", ContainerContent.Read(versions[^1].Content).Items.Single().Text("name"));
        }
    }

    [Fact]
    public async Task The_log_keeps_code_as_it_was_before_and_after()
    {
        var (owner, root) = await WithSiteAsync();
        await AddAsync(owner, root, "tag", "html", new() { ["name"] = "H", ["s.html"] = "<b>first</b>", ["on"] = "-1", ["confirm"] = "on" });
        var tag = await LinkAsync(owner, root, "tag");
        await owner.SendAsync(tag, new() { ["name"] = "H", ["s.html"] = "<b>second</b>", ["on"] = "-1", ["confirm"] = "on" });
        await owner.SendAsync(tag, new() { ["name"] = "H", ["s.html"] = "<b>second</b>", ["on"] = "-2", ["confirm"] = "on" });
        await owner.SendAsync(tag + "?handler=delete", [], tag);
        await using var db = portal.Everything();
        var site = await SiteAsync(root);
        var log = await db.TagChanges.Where(c => c.SiteId == site).OrderBy(c => c.At).Select(c => new { c.What, c.Detail }).ToListAsync();
        Assert.Equal(["Added tag “H”|<b>first</b>", "Changed tag “H”|Before:\n<b>first</b>\n\nAfter:\n<b>second</b>", "Changed tag “H”|", "Deleted tag “H”|<b>second</b>"], log.Select(l => $"{l.What}|{l.Detail}"));
    }

    static async Task<int> RefusedAsync(Browser browser, string path, Dictionary<string, string> fields)
    {
        var answer = await browser.SendAsync(path, fields, "/sites/new");
        return answer.Location?.Contains("/error/403", StringComparison.Ordinal) == true ? 403 : (int)answer.Status;
    }

    static Task<Answer> AddAsync(Browser owner, string root, string sort, string kind, Dictionary<string, string> fields) => owner.SendAsync($"{root}/{sort}/0?kind={kind}", fields);

    static Task<Answer> PublishAsync(Browser owner, string root, string environment = "live") => owner.SendAsync(root + "/publish", new() { ["Environment"] = environment });

    static async Task<string> LinkAsync(Browser owner, string root, string sort) =>
        (await owner.GetAsync($"{root}?view={sort}")).Html.QuerySelector("main td a")!.GetAttribute("href")!;

    async Task<int> SiteAsync(string root)
    {
        await using var db = portal.Everything();
        var domain = root.Split('/')[2];
        return (await db.Sites.SingleAsync(s => s.Domain == domain)).Id;
    }

    async Task RoleAsync(string root, MemberRole role)
    {
        await using var db = portal.Everything();
        var domain = root.Split('/')[2];
        var tenant = (await db.Sites.SingleAsync(s => s.Domain == domain)).TenantId;
        await db.Members.Where(m => m.TenantId == tenant).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, role));
    }

    async Task<(Browser Owner, string Root)> WithSiteAsync()
    {
        var (owner, _) = await portal.SignedInAsync();
        return (owner, $"/sites/{await owner.AddSiteAsync()}/tags");
    }
}
