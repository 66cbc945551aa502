using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Tests.Portal.Tags;

/// <summary>What is chosen in a form is what the draft holds, and how one finds it again.</summary>
public sealed class TagFormTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Every_option_of_a_tag_is_stored_and_shown_again()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", new() { ["name"] = "Before", ["s.name"] = "x" });
        await site.AddAsync("tag", "event", new() { ["name"] = "After", ["s.name"] = "x" });
        var (before, after) = ((await site.ItemAsync("Before")).Number, (await site.ItemAsync("After")).Number);
        await site.AddAsync("tag", "event", new()
        {
            ["name"] = "T", ["s.name"] = "x", ["on"] = "-2", ["not"] = "-3", ["sticky"] = "on", ["needs"] = "ads", ["limit"] = "day", ["priority"] = "7", ["delay"] = "250",
            ["from"] = "2026-12-01T08:30", ["until"] = "2026-12-24T18:00", ["before"] = $"{before}", ["after"] = $"{after}", ["strict"] = "on",
        });
        var options = (await site.ItemAsync("T")).Options;
        Assert.Equal((-2, -3, "ads", "day"), (options.On.Single(), options.Not.Single(), options.Needs.Single(), options.Limit));
        Assert.Equal((true, true, 7, 250, before, after), (options.Sticky, options.Strict, options.Priority, options.Delay, options.Before!.Value, options.After!.Value));
        Assert.Equal((new DateTime(2026, 12, 1, 8, 30, 0, DateTimeKind.Utc), new DateTime(2026, 12, 24, 18, 0, 0, DateTimeKind.Utc)), (options.From!.Value, options.Until!.Value));
        var form = (await site.GetAsync(await site.PathAsync("tag", "T"))).Html;
        Assert.All((string[])["on--2", "not--3", "sticky", "needs-ads", "strict"], id => Assert.True(form.GetElementById(id)!.HasAttribute("checked"), id));
        Assert.Equal(["7", "250", "2026-12-01T08:30", "2026-12-24T18:00"], new[] { "priority", "delay", "from", "until" }.Select(id => form.GetElementById(id)!.GetAttribute("value")!));
        Assert.Equal(["day", $"{before}", $"{after}"], new[] { "limit", "before", "after" }.Select(id => form.QuerySelector($"#{id} option[selected]")!.GetAttribute("value")!));
        Assert.Contains("The end lies before the beginning", (await site.AddAsync("tag", "event", new() { ["name"] = "U", ["s.name"] = "x", ["from"] = "2026-12-02T00:00", ["until"] = "2026-12-01T00:00" })).Main);
    }

    [Fact]
    public async Task A_variable_keeps_its_default_and_format()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("variable", "layer", new() { ["name"] = "V", ["s.name"] = "plan", ["default"] = "none", ["case"] = "u", ["trim"] = "on", ["number"] = "on" });
        var options = (await site.ItemAsync("V")).Options;
        Assert.Equal(("none", "u", true, true), (options.Default, options.Case, options.Trim, options.Number));
    }

    [Fact]
    public async Task Tags_are_found_by_name_kind_and_folder_and_paused_ones_are_marked_and_not_delivered()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", new() { ["name"] = "Signup", ["s.name"] = "x", ["on"] = "-1", ["folder"] = "Spring" });
        await site.AddAsync("tag", "event", new() { ["name"] = "Purchase", ["s.name"] = "x", ["on"] = "-1", ["folder"] = "Autumn", ["paused"] = "on" });
        await site.AddAsync("tag", "meta", new() { ["name"] = "Pixel", ["s.id"] = "123456789012345", ["s.name"] = "Lead", ["on"] = "-1" });
        async Task<string[]> FoundAsync(string query) => [.. (await site.GetAsync("?" + query)).Html.QuerySelectorAll("main tbody td a").Select(a => a.TextContent).Order()];
        Assert.Equal(["Pixel", "Purchase", "Signup"], await FoundAsync(""));
        Assert.Equal(["Signup"], await FoundAsync("q=sIGn"));
        Assert.Equal(["Pixel"], await FoundAsync("q=meta"));
        Assert.Equal(["Purchase"], await FoundAsync("folder=Autumn"));
        Assert.Empty(await FoundAsync("folder=Autumn&q=sign"));
        Assert.Contains("Nothing here fits the search", (await site.GetAsync("?q=nothing")).Main);
        Assert.Equal(["Autumn", "Spring"], (await site.GetAsync("")).Html.QuerySelectorAll("#folder option").Select(o => o.TextContent).Skip(1));
        Assert.Equal("paused", (await site.GetAsync("?q=Purchase")).Html.QuerySelector("main tbody .badge")!.TextContent);
        Assert.Equal("Autumn", (await site.ItemAsync("Purchase")).Folder);
        Assert.True((await site.ItemAsync("Purchase")).Paused);
    }

    [Fact]
    public async Task What_somebody_changed_in_the_meantime_is_not_deleted()
    {
        var site = await TagSite.NewAsync(portal);
        await site.AddAsync("tag", "event", new() { ["name"] = "T", ["s.name"] = "x", ["on"] = "-1" });
        var tag = await site.PathAsync("tag", "T");
        var seen = (await site.GetAsync(tag)).Html.QuerySelector("main form[action='?handler=delete'] [name=seen]")!.GetAttribute("value")!;
        await site.SendAsync(tag, new() { ["name"] = "T", ["s.name"] = "theirs", ["on"] = "-1" });
        var late = await site.SendAsync(tag + "?handler=delete", new() { ["seen"] = seen }, tag);
        Assert.Contains("changed it in the meantime", late.Main);
        Assert.Equal("theirs", late.Html.QuerySelector("#s-name")!.GetAttribute("value"));
        Assert.Equal("theirs", (await site.ItemAsync("T")).Text("name"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SendAsync(tag + "?handler=delete", [], tag)));
        Assert.All(answers, a => Assert.True((int)a.Status is 302 or 404, $"{a.Status}"));
        Assert.DoesNotContain("theirs", (await site.GetAsync("")).Main);
    }
}
