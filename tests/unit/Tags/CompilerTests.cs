using System.Text;
using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Tests.Tags;

public sealed class CompilerTests
{
    static readonly ContainerPlace Place = new("st_0123456789abcdef", 4, "live", 30, ["example.com"]);

    [Fact]
    public void Names_become_places_and_only_what_fires_is_delivered()
    {
        var compiled = Compile(
            Variable(1, "Secret plan", "layer", ("name", "plan")), Variable(2, "Unused", "layer", ("name", "x")),
            Trigger(3, "Secret trigger", "custom", [new("Secret plan", "equals", "pro", Not: true, Fold: true)], ("name", "go")), Trigger(4, "Unused trigger", "scroll", []),
            Tag(5, "Secret tag", "event", [3], ("name", "Bought {{Secret plan}} on {{Page Path}}")), Tag(6, "Paused", "meta", [3], ("id", "1")) with { Paused = true });
        var json = compiled.Container.ToJsonString();
        Assert.DoesNotContain("Secret", json);
        Assert.DoesNotContain("Unused", json);
        Assert.Equal(["t:event"], compiled.Pieces);
        Assert.Equal("""{"$":["Bought ",0," on ",1]}""", compiled.Container["tags"]![0]!["s"]!["name"]!.ToJsonString());
        Assert.Equal("""[[{"$":[0]},"equals","pro",3]]""", compiled.Container["triggers"]![0]!["when"]!.ToJsonString());
        Assert.Equal("""[{"kind":"layer","s":{"name":"plan"}},{"kind":"url","s":{"part":"path"}}]""", compiled.Container["variables"]!.ToJsonString());
        Assert.Equal((5, "[0]"), ((int)compiled.Container["tags"]![0]!["n"]!, compiled.Container["tags"]![0]!["on"]!.ToJsonString()));
    }

    [Fact]
    public void Options_are_written_only_where_they_say_something()
    {
        var tag = Tag(1, "A", "event", [-1], ("name", "x"));
        Assert.Equal("""{"n":1,"t":"event","s":{"name":"x","props":[]},"on":[0],"limit":"event"}""", First(tag));
        var full = tag with
        {
            Options = tag.Options with
            {
                Not = [-2], Sticky = true, Needs = ["ads"], Limit = FireLimits.Unlimited, Priority = 3, Delay = 5, Strict = true, After = 1,
                From = DateTime.UnixEpoch.AddMilliseconds(9), When = [new("Page Path", "starts", "/a")],
            },
        };
        Assert.Equal("""{"n":1,"t":"event","s":{"name":"x","props":[]},"on":[0],"not":[1],"sticky":1,"when":[[{"$":[0]},"starts","/a"]],"needs":["ads"],"priority":3,"delay":5,"from":9,"after":0,"strict":1}""", First(full));
    }

    [Fact]
    public void Steps_of_a_sequence_are_delivered_though_nothing_fires_them()
    {
        var main = Tag(1, "Main", "event", [-1]) with { Options = new() { On = [-1], Before = 2 } };
        var compiled = Compile(main, Tag(2, "Setup", "event", []));
        Assert.Equal((2, 1), (compiled.Container["tags"]!.AsArray().Count, (int)compiled.Container["tags"]![0]!["before"]!));
    }

    [Fact]
    public void Own_code_reads_variables_and_is_not_in_the_json()
    {
        var compiled = Compile(Variable(1, "Plan", "constant", ("of", "pro")), Variable(2, "Code", "code", ("code", "function () { return {{Plan}} + 1; }")),
            Tag(3, "Script", "js", [-1], ("code", "alert({{Code}})")), Tag(4, "Html", "html", [-1], ("html", "<b>{{Plan}}</b>")));
        Assert.Equal("(s,t)=>{const $v=t.read;return(function(){\nalert($v(0))\n}).call(window)}", compiled.Code["c:0"]);
        Assert.Equal("($v)=>(\nfunction () { return $v(1) + 1; }\n)()", compiled.Code["v:0"]);
        Assert.Equal(["<b>", "1", "</b>"], compiled.Container["tags"]![1]!["s"]!["html"]!.AsArray().Select(p => p!.ToString()));
        Assert.DoesNotContain("alert", compiled.Container.ToJsonString());
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("\");alert(1);(\"")]
    [InlineData("a\u2028b")]
    public void A_hostile_setting_stays_a_string(string hostile)
    {
        var compiled = Compile(Tag(1, hostile, "event", [-1], ("name", hostile)));
        var script = Encoding.UTF8.GetString(TagScript.Render(compiled.Container.ToJsonString(), compiled.Pieces, compiled.Code));
        Assert.DoesNotContain("</script", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u2028", script);
        Assert.Equal(hostile, (string?)compiled.Container["tags"]![0]!["s"]!["name"]);
    }

    [Fact]
    public void A_version_is_read_as_it_was_written_also_after_PostgreSQL_has_sorted_its_keys()
    {
        var content = new ContainerContent([Tag(1, "A", "event", [-1], ("name", "x")) with { Folder = "F" }], new ConsentDefaults { Ads = "denied" });
        var sorted = new JsonObject(JsonNode.Parse(content.Write())!.AsObject().OrderBy(p => p.Key).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        Assert.Equal(content.Write(), ContainerContent.Read(sorted.ToJsonString()).Write());
        Assert.Throws<System.Text.Json.JsonException>(() => ContainerContent.Read("""{"a":1}"""));
    }

    [Fact]
    public void Who_uses_what_is_found_and_a_new_name_reaches_all_texts()
    {
        var plan = Variable(1, "Plan", "layer", ("name", "plan"));
        var reader = Tag(2, "A", "event", [3], ("name", "x {{plan}}"));
        var trigger = Trigger(3, "T", "custom", [new("PLAN", "equals", "{{Plan}}")]);
        Assert.Equal([2, 3], References.UsersOf(plan, [plan, reader, trigger]).Select(i => i.Number));
        Assert.Equal([2], References.UsersOf(trigger, [plan, reader, trigger]).Select(i => i.Number));
        Assert.Equal("x {{Tier}}", References.Renamed(reader, "Plan", "Tier").Text("name"));
        Assert.Equal(("Tier", "{{Tier}}"), References.Renamed(trigger, "Plan", "Tier").Options.When[0] is var c ? (c.Variable, c.Value) : default);
    }

    [Fact]
    public void A_token_opens_its_own_site_until_it_ends()
    {
        byte[] key = [1, 2, 3];
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        var token = new PreviewToken(0, now.AddHours(1), "abc").Sign(key, "st_a");
        Assert.Equal("abc", PreviewToken.Read(token, key, "st_a", now)!.Session);
        Assert.Null(PreviewToken.Read(token, key, "st_a", now.AddHours(1)));
        Assert.Null(PreviewToken.Read(token, key, "st_b", now));
        Assert.Null(PreviewToken.Read(token, [1], "st_a", now));
        Assert.Null(PreviewToken.Read("7" + token, key, "st_a", now));
        Assert.All(new string?[] { "", "a.b.c", "a.b.c.d", token[..^1], null }, t => Assert.Null(PreviewToken.Read(t, key, "st_a", now)));
    }

    static string First(ItemContent tag) => Compile(tag).Container["tags"]![0]!.ToJsonString();

    static CompiledContainer Compile(params ItemContent[] items) => ContainerCompiler.Compile(new ContainerContent(items, new ConsentDefaults()), Place);

    static ItemContent Tag(int number, string name, string kind, int[] on, params (string, string)[] settings) =>
        Item(ItemSort.Tag, number, name, kind, settings) with { Options = new() { On = on } };

    static ItemContent Trigger(int number, string name, string kind, Comparison[] when, params (string, string)[] settings) =>
        Item(ItemSort.Trigger, number, name, kind, settings) with { Options = new() { When = when } };

    static ItemContent Variable(int number, string name, string kind, params (string, string)[] settings) => Item(ItemSort.Variable, number, name, kind, settings);

    static ItemContent Item(ItemSort sort, int number, string name, string kind, (string Key, string Value)[] settings)
    {
        var item = new ItemContent(sort, number, kind, name);
        foreach (var (key, value) in settings) item.Settings[key] = value;
        return item;
    }
}
