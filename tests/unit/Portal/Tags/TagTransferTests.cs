using System.Net.Http.Headers;
using System.Text;
using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

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
        var file = TagTransfer.Read(File.ReadAllText(Path.Combine(Sources.Root, "tests/unit/Portal/Tags/gtm-export.json")));
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
        var file = await File.ReadAllTextAsync(Path.Combine(Sources.Root, "tests/unit/Portal/Tags/gtm-export.json"));
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

    static async Task<Answer> ImportAsync(Browser owner, string root, string json)
    {
        var page = (await owner.GetAsync(root + "/transfer")).Html;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main form[method=post] [name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Add(file, "file", "container.json");
        return await owner.PostContentAsync(root + "/transfer", content);
    }
}
