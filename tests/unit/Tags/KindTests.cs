using System.Text.Json;
using SaaS.Analytics.Tags;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Tests.Tags;

/// <summary>Every template, trigger and variable, by being in its list.</summary>
public sealed class KindTests
{
    public static TheoryData<string> All => new(Enum.GetValues<ItemSort>().SelectMany(s => ItemKinds.Of(s).Select(k => $"{s} {k.Key}")));

    [Theory, MemberData(nameof(All))]
    public void A_kind_has_words_and_settings_that_are_stored_and_read_again(string name)
    {
        var kind = Kind(name);
        Assert.DoesNotContain("", new[] { kind.Name, kind.Group, kind.About });
        var filled = JsonSerializer.Serialize(kind.Fields.ToDictionary(f => f.Key, Example), JsonSerializerOptions.Web);
        var record = JsonSerializer.Deserialize(filled, kind.Settings, JsonSerializerOptions.Web)!;
        var again = JsonSerializer.SerializeToNode(record, kind.Settings, JsonSerializerOptions.Web)!.AsObject();
        Assert.Equal(kind.Fields.Select(f => f.Key).Order(), again.Select(p => p.Key).Order());
        Assert.All(kind.Fields, f => Assert.Equal(JsonSerializer.Serialize(Example(f), JsonSerializerOptions.Web), again[f.Key]!.ToJsonString()));
    }

    [Fact]
    public void Keys_are_unique_and_what_the_script_needs_is_built()
    {
        Assert.All(Enum.GetValues<ItemSort>(), s => Assert.Equal(ItemKinds.Of(s).Count, ItemKinds.Of(s).DistinctBy(k => k.Key).Count()));
        Assert.All(TagTemplates.All.Where(t => t.Key != "js"), t => Assert.Contains("t:" + t.Key, TagScript.Pieces));
        Assert.Equal(TagScript.Pieces.Count(p => p.StartsWith("t:", StringComparison.Ordinal)), TagTemplates.All.Count - 1);
    }

    [Fact]
    public void The_runtime_knows_every_trigger_and_variable()
    {
        var folder = Path.Combine(Sources.Root, "src/Tracker/browser/tags");
        var triggers = File.ReadAllText(Path.Combine(folder, "triggers.ts"));
        var variables = File.ReadAllText(Path.Combine(folder, "variables.ts"));
        Assert.All(TriggerKinds.All, k => Assert.Matches($@"\n  ""?{k.Key}""?: ", triggers));
        Assert.All(VariableKinds.All, k => Assert.Matches($@"\n  {k.Key}(: |,)", variables));
        Assert.All(TriggerKinds.All.Select(k => TriggerListener(k.Key)).OfType<string>(), l => Assert.Contains("on:" + l, TagScript.Pieces));
    }

    [Fact]
    public void There_are_as_many_kinds_as_promised()
    {
        Assert.True(TriggerKinds.All.Count >= 18);
        Assert.True(VariableKinds.All.Count >= 18);
        Assert.Equal(BuiltInVariables.All.Count, BuiltInVariables.All.Select(v => v.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(BuiltInVariables.All, v => Assert.NotNull(ItemKinds.Find(ItemSort.Variable, v.Kind)));
    }

    static string? TriggerListener(string kind)
    {
        var content = new ContainerContent(
            [new(ItemSort.Trigger, 1, kind, "T") { Settings = new() { ["inside"] = true } }, new(ItemSort.Tag, 2, "event", "E") { Options = new() { On = [1] } }], new ConsentDefaults());
        var compiled = ContainerCompiler.Compile(content, new("st_0123456789abcdef", 1, "live", 30, []));
        return compiled.Pieces.FirstOrDefault(p => p.StartsWith("on:", StringComparison.Ordinal))?[3..];
    }

    static ItemKind Kind(string name) => ItemKinds.Find(Enum.Parse<ItemSort>(name.Split(' ')[0]), name.Split(' ')[1])!;

    static object Example(SettingField field) => field.Input switch
    {
        FieldInput.Check => true,
        FieldInput.Number => 7,
        FieldInput.Rows => new[] { new Row("a", "{{b}}") },
        FieldInput.Triggers => new[] { 3, -1 },
        FieldInput.Choice => field.Choices.Last().Key,
        _ => "<b>\"x\"</b> {{Page URL}}",
    };
}
