using System.Net.Http.Headers;
using System.Text;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Tests.Portal.Tags;

public sealed class TagTransferTests
{
    [Fact]
    public void An_export_is_read_as_it_was_written()
    {
        var item = new ItemContent(ItemSort.Tag, 3, "event", "A") { Settings = new() { ["name"] = "x" }, Options = new() { On = [-1], Needs = ["ads"] } };
        var read = TagTransfer.Read(new ContainerContent([item], new ConsentDefaults { Ads = "denied" }).Write(readable: true));
        Assert.Equal(("A", "x", "ads"), (read.Items[0].Name, read.Items[0].Text("name"), read.Items[0].Options.Needs[0]));
        Assert.Equal("denied", read.Consent!.Ads);
    }

    [Fact]
    public void Google_Tag_Managers_export_becomes_items_of_ours_and_what_has_no_counterpart_is_said()
    {
        var file = TagTransfer.Read(System.IO.File.ReadAllText(Path.Combine(Sources.Root, "tests/unit/Portal/Tags/gtm-export.json")));
        var content = new ContainerContent(file.Items, new ConsentDefaults());
        ItemContent Item(string name) => file.Items.Single(i => i.Name == name);

        Assert.Equal(("google-tag", "G-ABC123"), (Item("Google tag").Kind, Item("Google tag").Text("id")));
        Assert.Equal([-5], Item("Google tag").Options.On);
        var purchase = Item("GA4 purchase");
        Assert.Equal(("ga4-event", "purchase", "G-ABC123"), (purchase.Kind, purchase.Text("name"), purchase.Text("id")));
        Assert.Equal([new Row("value", "{{DL Value}}")], purchase.Rows("params"));
        Assert.Equal((FireLimits.Page, true, (int?)Item("Google tag").Number), (purchase.Options.Limit, purchase.Options.Strict, purchase.Options.Before));
        Assert.Equal(["ads", "analytics"], purchase.Options.Needs.Order());
        Assert.Equal([Item("Purchase event").Number], purchase.Options.On);
        Assert.Equal([Item("Internal").Number], purchase.Options.Not);
        Assert.Equal(("AW-123", "lbl"), (Item("Ads conversion").Text("id"), Item("Ads conversion").Text("label")));
        Assert.True(Item("Banner").Paused);

        var custom = Item("Purchase event");
        Assert.Equal(("custom", "purchase"), (custom.Kind, custom.Text("name")));
        Assert.Equal([new Comparison("Page Path", "starts", "/shop", Not: true)], custom.Options.When);
        Assert.Equal("25,50", Item("Scroll").Text("depths"));
        Assert.Equal([Item("Scroll").Number, Item("Purchase event").Number], Item("Group").Numbers("all"));

        Assert.Equal(("layer", "ecommerce.value", "0"), (Item("DL Value").Kind, Item("DL Value").Text("name"), Item("DL Value").Options.Default));
        Assert.Equal([new Row("/a", "A"), new Row("/b", "B")], Item("Lookup").Rows("rows"));
        Assert.Equal("function() { return {{DL Value}} * 2; }", Item("Double").Text("code"));
        Assert.Equal([new Comparison("Event", "equals", "x")], Item("Internal").Options.When);

        Assert.Equal(["The custom template “Gallery”: there is nothing like it here.", "The tag “Old analytics” is of the type ua, for which there is nothing here.",
            "The variable “Settings” is of the type gas, for which there is nothing here."], file.Skipped.Order());
        Assert.Empty(ContentCheck.Problems(content));
    }

    static Imported Gtm(string version) => TagTransfer.Read($$"""{"exportFormatVersion":2,"containerVersion":{{version}}}""");

    [Fact]
    public void All_pages_of_Google_Tag_Manager_does_not_fire_when_the_address_changes_inside_the_page()
    {
        var file = Gtm("""{"tag":[{"name":"T","type":"html","parameter":[{"key":"html","value":"<b>"}],"firingTriggerId":["2147479553"]}]}""");
        var opened = file.Items.Single(i => i.Sort == ItemSort.Trigger);
        Assert.Equal(("pageview", "Page opened", ""), (opened.Kind, opened.Name, opened.Text("inside")));
        Assert.Equal([opened.Number], file.Items.Single(i => i.Name == "T").Options.On);
    }

    [Theory]
    [InlineData("CONTAINS", "a.b", "x a.b y", "x aXb y")]
    [InlineData("STARTS_WITH", "a.b", "a.bc", "xa.b")]
    [InlineData("ENDS_WITH", "a.b", "xa.b", "a.bc")]
    [InlineData("MATCH_REGEX", "^a+$", "aaa", "b")]
    public void A_custom_events_name_is_compared_as_there(string type, string name, string fits, string doesNot)
    {
        var trigger = Gtm($$$"""{"trigger":[{"triggerId":"1","name":"E","type":"CUSTOM_EVENT","customEventFilter":[{"type":"{{{type}}}","parameter":[{"key":"arg0","value":"{{_event}}"},{"key":"arg1","value":"{{{name}}}"}]}]}]}""").Items.Single();
        Assert.Equal("true", trigger.Text("regex"));
        Assert.Matches(trigger.Text("name"), fits);
        Assert.DoesNotMatch(trigger.Text("name"), doesNot);
    }

    [Fact]
    public void What_an_entry_loses_on_the_way_is_said()
    {
        var file = Gtm("""
            {"tag":[
              {"name":"G","type":"googtag","parameter":[{"key":"tagId","value":"G-1"},{"key":"configSettingsVariable","value":"{{Settings}}"}]},
              {"name":"E","type":"gaawe","parameter":[{"key":"measurementIdOverride","value":"G-1"},{"key":"eventName","value":"{{HTML ID}}"},{"key":"eventSettingsVariable","value":"{{More}}"}]},
              {"name":"H","type":"html","parameter":[{"key":"html","value":"<b>"},{"key":"supportDocumentWrite","value":"true"}]}],
             "trigger":[
              {"triggerId":"1","name":"L","type":"LINK_CLICK","waitForTags":{"value":"true"}},
              {"triggerId":"2","name":"S","type":"SCROLL_DEPTH","parameter":[{"key":"verticalThresholdOn","value":"true"},{"key":"horizontalThresholdOn","value":"true"},{"key":"verticalThresholdsPercent","value":"5"}]},
              {"triggerId":"3","name":"N","type":"CUSTOM_EVENT","customEventFilter":[{"type":"EQUALS","parameter":[{"key":"arg1","value":"x"},{"key":"negate","value":"true"}]}]}],
             "builtInVariable":[{"name":"HTML ID"},{"name":"Page Path"},{"name":"Debug Mode"}]}
            """);
        Assert.Equal(
        [
            "Of the tag “E” the settings in {{More}}: write them into the tag.", "Of the tag “G” the settings in {{Settings}}: write them into the tag.", "Of the tag “H” document.write, which does not work here.",
            "Of the trigger “L” waiting for tags before the link or form is followed.", "Of the trigger “N” the condition EQUALS on the event's name.", "Of the trigger “S” scrolling to the side: make a second trigger for it.",
            "The built-in variable “HTML ID”: there is nothing like it here. Make a variable of this name, or take it out where it is read.",
        ], file.Skipped.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"items":[{"sort":"tag"}],"consent":{}}""")]
    [InlineData("""{"items":[null],"consent":{}}""")]
    public void What_is_no_export_is_refused(string json) =>
        Assert.ThrowsAny<Exception>(() => TagTransfer.Read(json) is { Items.Count: > 0 } ? 0 : throw new FormatException());
}

public sealed class TagImportPageTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_file_is_added_to_the_draft_with_names_that_are_free_and_can_be_published()
    {
        var (owner, _) = await portal.SignedInAsync();
        var root = $"/sites/{await owner.AddSiteAsync()}/tags";
        var file = await System.IO.File.ReadAllTextAsync(Path.Combine(Sources.Root, "tests/unit/Portal/Tags/gtm-export.json"));
        Assert.Contains("Left out", (await ImportAsync(owner, root, file)).Main);
        Assert.Contains("GA4 purchase (2)", (await ImportAsync(owner, root, file)).Main);
        Assert.Equal(302, (int)(await owner.SendAsync(root + "/publish", new() { ["Environment"] = "live" })).Status);
        var export = await owner.GetAsync(root + "/transfer?handler=file");
        var content = ContainerContent.Read(export.Body);
        Assert.Equal(content.Items.Count, content.Items.DistinctBy(i => i.Number).Count());
        var second = content.Items.Single(i => i.Name == "GA4 purchase (2)");
        Assert.Equal("{{DL Value (2)}}", second.Rows("params").Single().V);
        Assert.Equal(content.Items.Single(i => i.Name == "Purchase event (2)").Number, second.Options.On.Single());
        Assert.Contains("neither an export of ours", (await ImportAsync(owner, root, "{}")).Main);
    }

    [Fact]
    public async Task A_tag_whose_blocking_trigger_is_left_out_comes_in_paused()
    {
        var site = await TagSite.NewAsync(portal);
        var report = await ImportAsync(site.Browser, site.Root, """
            {"exportFormatVersion":2,"containerVersion":{
              "tag":[
                {"name":"Stopped","type":"img","parameter":[{"key":"url","value":"https://a.example/"}],"firingTriggerId":["1"],"blockingTriggerId":["9"]},
                {"name":"Free","type":"img","parameter":[{"key":"url","value":"https://a.example/"}],"firingTriggerId":["1","9"],"blockingTriggerId":["2"]}],
              "trigger":[
                {"triggerId":"1","name":"Click","type":"CLICK"},{"triggerId":"2","name":"Load","type":"WINDOW_LOADED"},{"triggerId":"9","name":"App","type":"FIREBASE_APP_UPDATE"},
                {"triggerId":"3","name":"All","type":"TRIGGER_GROUP","parameter":[{"key":"triggerIds","list":[{"value":"1"},{"value":"9"}]}]}]}}
            """);
        Assert.Contains("“Stopped” is paused: a trigger that stops it was left out", report.Main);
        Assert.Contains("“Free” fires without a trigger that was left out", report.Main);
        Assert.Contains("“All” is paused: one of its triggers was left out", report.Main);
        Assert.True((await site.ItemAsync("Stopped")).Paused && (await site.ItemAsync("All")).Paused);
        var free = await site.ItemAsync("Free");
        Assert.Equal((false, 1, 1), (free.Paused, free.Options.On.Length, free.Options.Not.Length));
    }

    static string File(params ItemContent[] items) => new ContainerContent(items, new ConsentDefaults()).Write();

    [Fact]
    public async Task Code_in_a_file_is_confirmed_and_kept_in_the_log()
    {
        var site = await TagSite.NewAsync(portal);
        var file = File(
            new(ItemSort.Tag, 1, "html", "Banner") { Settings = new() { ["html"] = "<script>a()</script>" } },
            new(ItemSort.Tag, 2, "matomo", "Matomo") { Settings = new() { ["url"] = "https://m.example/", ["id"] = "3" } },
            new(ItemSort.Tag, 3, "event", "Plain") { Settings = new() { ["name"] = "x" } });
        var asked = await ImportAsync(site.Browser, site.Root, file, confirmed: false);
        Assert.Contains("“Banner”, “Matomo”. Look at it, tick the box below", asked.Main);
        Assert.DoesNotContain("Plain", (await site.GetAsync("")).Main);
        Assert.Contains("3 items were added", (await ImportAsync(site.Browser, site.Root, file)).Main);
        var log = await site.LogAsync();
        Assert.Contains(("Imported “Banner”, which runs code", "<script>a()</script>"), log);
        Assert.Contains(("Imported “Matomo”, which runs code", "Address of Matomo: https://m.example/\nSite ID: 3"), log);
        Assert.DoesNotContain(log, l => l.What.Contains("Plain", StringComparison.Ordinal));

        await site.BecomeAsync(MemberRole.Editor);
        var report = await ImportAsync(site.Browser, site.Root, file);
        Assert.Contains("“Banner” runs code of your own, which you are not allowed to add", report.Main);
        Assert.Contains("1 item was added", report.Main);
    }

    [Fact]
    public async Task What_a_form_would_refuse_is_left_out_of_a_file_and_said()
    {
        var site = await TagSite.NewAsync(portal);
        ItemContent Tag(int number, string name, ItemOptions? options = null) => new(ItemSort.Tag, number, "event", name) { Settings = new() { ["name"] = "x" }, Options = options ?? new() };
        var report = await ImportAsync(site.Browser, site.Root, File(
            Tag(1, "Good", new() { Limit = "day", Needs = ["ads"], Delay = 5 }), Tag(2, "A", new() { Limit = "weekly" }), Tag(3, "B", new() { Needs = ["everything"] }), Tag(4, "C", new() { Delay = -1 }),
            Tag(5, "D", new() { From = new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), Until = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) }),
            Tag(6, "E") with { Note = new string('n', 1001) }, Tag(7, "F") with { Folder = new string('f', 121) },
            Tag(8, "G", new() { When = [new("Page Path", "regex", "(a|aa)+$")] }), Tag(9, new string('H', 130)), Tag(10, "I", new() { Priority = int.MinValue })));
        Assert.Contains("1 item was added", report.Main);
        foreach (var why in (string[])["“A” Choose from the list how often", "“B” There is no consent to “everything”", "“C” The delay", "“D” The end lies before", "“E” The note has at most", "“F” The folder's name", "“G” This expression may take for ever", "HHH…” The name has at most", "“I” The priority"])
            Assert.Contains(why, report.Main);
        Assert.Equal(("day", 5), ((await site.ItemAsync("Good")).Options.Limit, (await site.ItemAsync("Good")).Options.Delay));
        Assert.Equal(302, (int)(await site.PublishAsync()).Status);
    }

    [Fact]
    public async Task Consent_of_a_file_is_not_taken_and_said()
    {
        var site = await TagSite.NewAsync(portal);
        var tag = new ItemContent(ItemSort.Tag, 1, "event", "T\0") { Settings = new() { ["name"] = "x\0" } };
        var report = await ImportAsync(site.Browser, site.Root, new ContainerContent([tag], new ConsentDefaults { Ads = "granted" }).Write());
        Assert.Contains("What holds until visitors decide is another in the file", report.Main);
        Assert.Contains("ads granted", report.Main);
        Assert.Equal("x", (await site.ItemAsync("T")).Text("name"));
        Assert.DoesNotContain("until visitors decide", (await ImportAsync(site.Browser, site.Root, File(tag))).Main);
    }

    static async Task<Answer> ImportAsync(Browser owner, string root, string json, bool confirmed = true)
    {
        var page = (await owner.GetAsync(root + "/transfer")).Html;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main form[method=post] [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Add(file, "file", "container.json");
        if (confirmed) content.Add(new StringContent("on"), "confirm");
        return await owner.PostContentAsync(root + "/transfer", content);
    }
}
