using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Analytics.Data;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Tags;

/// <summary>What is published is what was looked at, whole, and told in words.</summary>
public sealed class TagPublishTests(PortalHost portal) : IClassFixture<PortalHost>
{
    static Dictionary<string, string> Event(string name, string sends = "x") => new() { ["name"] = name, ["s.name"] = sends, ["on"] = "-1" };

    [Fact]
    public async Task Variables_whose_names_differ_only_in_case_are_refused_and_named_before_publishing()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("variable", "title", new() { ["name"] = "Plan" });
        Assert.Contains("There is a variable “Plan”", (await site.AddAsync("variable", "title", new() { ["name"] = "plan" })).Main);
        var plan = await site.PathAsync("variable", "Plan");
        Assert.Equal(302, (int)(await site.SendAsync(plan, new() { ["name"] = "PLAN" })).Status);
        await site.AddAsync("variable", "title", new() { ["name"] = "Other" });
        await using (var db = portal.Everything())
        {
            // As two people leave it who save at the same moment.
            var id = await site.IdAsync();
            await db.TagItems.Where(i => i.SiteId == id && i.Name == "Other").ExecuteUpdateAsync(i => i.SetProperty(x => x.Name, "plan"));
        }
        foreach (var page in new[] { await site.GetAsync("/publish"), await site.PublishAsync() })
            Assert.Contains("“PLAN” and “plan” are one name where a variable is read", page.Main);
    }

    [Fact]
    public async Task What_changed_after_the_list_was_made_is_shown_before_it_is_published()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", Event("Mine"));
        var seen = (await site.GetAsync("/publish")).Html.QuerySelector("main [name=Seen]")!.GetAttribute("value")!;
        await site.AddAsync("tag", "event", Event("Theirs"));
        var late = await site.PublishAsync(fields: new() { ["Seen"] = seen, ["Name"] = "Spring" });
        Assert.Contains("The draft has changed since you looked", late.Main);
        Assert.Contains("Theirs", late.Html.QuerySelector("main .changes")!.TextContent);
        Assert.Equal("Spring", late.Html.QuerySelector("main #Name")!.GetAttribute("value"));
        Assert.Null((await site.EnvironmentAsync("live")).Published);
        var again = late.Html.QuerySelector("main [name=Seen]")!.GetAttribute("value")!;
        Assert.Equal(302, (int)(await site.PublishAsync(fields: new() { ["Seen"] = again })).Status);
    }

    [Fact]
    public async Task The_list_is_that_of_the_environment_to_which_is_published()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", Event("First"));
        await site.PublishAsync();
        await site.AddAsync("tag", "event", Event("Second"));
        Assert.DoesNotContain("First", (await site.GetAsync("/publish")).Html.QuerySelector("main .changes")!.TextContent);
        var staging = (await site.GetAsync("/publish?Environment=staging")).Html;
        Assert.Contains("First", staging.QuerySelector("main .changes")!.TextContent);
        Assert.Equal("staging", staging.QuerySelector("main form[method=post] [name=Environment]")!.GetAttribute("value"));
        await site.PublishAsync("staging");
        Assert.Equal((1, 2), ((await site.EnvironmentAsync("live")).Published, (await site.EnvironmentAsync("staging")).Published));
    }

    [Fact]
    public async Task A_version_tells_what_it_changed_in_words()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("trigger", "custom", new() { ["name"] = "Bought", ["s.name"] = "bought" });
        await site.AddAsync("tag", "event", Event("Before"));
        await site.AddAsync("tag", "event", Event("T"));
        await site.PublishAsync();
        var (trigger, before) = ((await site.ItemAsync("Bought")).Number, (await site.ItemAsync("Before")).Number);
        await site.SendAsync(await site.PathAsync("tag", "T"), new()
        {
            ["name"] = "T", ["s.name"] = "x", ["on"] = $"{trigger}", ["before"] = $"{before}", ["limit"] = "page", ["delay"] = "1500",
            ["when.variable"] = "Page Path", ["when.operator"] = "!starts", ["when.value"] = "/shop",
        });
        await site.SendAsync("/settings", new() { ["Ads"] = "denied", ["Google"] = "true" });
        await site.PublishAsync();
        var changes = (await site.GetAsync("/versions/2")).Html.QuerySelector("main .changes")!;
        var rows = changes.QuerySelectorAll("tbody tr").Select(r => string.Join('|', r.QuerySelectorAll("td").Select(d => d.TextContent.Trim()))).ToArray();
        Assert.Contains("Fires on|All pages|Bought", rows);
        Assert.Contains("Tag before|empty|Before", rows);
        Assert.Contains("Limit|once per event|once per page", rows);
        Assert.Contains("Delay|empty|1,500 ms", rows);
        Assert.Contains("Conditions|empty|Page Path not starts with “/shop”", rows);
        Assert.Contains("What holds until visitors decide", changes.TextContent);
        Assert.Contains(rows, r => r.Contains("ads wait", StringComparison.Ordinal) && r.Contains("ads denied", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publishing_the_newest_version_again_says_that_it_keeps_its_name()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", Event("T"));
        await site.PublishAsync(fields: new() { ["Name"] = "First" });
        await site.PublishAsync("staging", new() { ["Name"] = "Second" });
        var versions = (await site.GetAsync("/versions")).Body;
        Assert.Contains("The draft was that version already, which keeps its name and note", versions);
        Assert.DoesNotContain("Second", versions);
    }

    [Fact]
    public async Task A_failure_amid_a_publication_leaves_nothing_of_it()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", Event("T"));
        await site.PublishAsync();
        await site.SendAsync(await site.PathAsync("tag", "T"), Event("T", "y"));
        var log = (await site.LogAsync()).Count;
        var id = await site.IdAsync();
        await using var db = portal.Everything();
        var row = await db.Sites.SingleAsync(s => s.Id == id);
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(row.TenantId);
        var owner = await db.Members.SingleAsync(m => m.TenantId == row.TenantId);
        var publishing = scope.ServiceProvider.GetRequiredService<TagPublishing>();
        // Longer than the column: a row of the transaction cannot be written.
        var who = new Publisher(new string('x', 300), MayRunCode: true);
        await Assert.ThrowsAsync<DbUpdateException>(() => publishing.PublishDraftAsync(AuthorizedSite.For(owner, row)!, "live", new DraftToPublish("N", ""), who, default));
        Assert.Equal([1], await db.TagVersions.Where(v => v.SiteId == id).Select(v => v.Number).ToListAsync());
        var live = await site.EnvironmentAsync("live");
        Assert.Equal((1, 1), (live.Published, live.Release));
        Assert.Equal(log, (await site.LogAsync()).Count);
        Assert.Equal(302, (int)(await site.PublishAsync()).Status);
    }
}
