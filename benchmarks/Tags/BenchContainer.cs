using System.Text.Json.Nodes;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Bench.Tags;

/// <summary>Containers as customers have them: one trigger a tag, conditions on the address and the data layer, templates in turn.</summary>
static class BenchContainer
{
    const int Triggers = 1000;
    static readonly (string Kind, (string Key, string Value)[] Settings)[] Templates =
    [
        ("event", [("name", "Signup {{Plan}}")]), ("ga4-event", [("id", "G-ABC123"), ("name", "sign_up")]), ("meta", [("id", "1234567890"), ("name", "Purchase")]),
        ("google-ads", [("id", "AW-123456789"), ("label", "AbC-D_efG"), ("amount", "{{Total}}"), ("currency", "EUR")]), ("image", [("url", "https://px.example.com/p.gif?p={{Page Path}}")]),
    ];

    public static CompiledContainer Compile(IReadOnlyList<ItemContent> items) =>
        ContainerCompiler.Compile(new ContainerContent(items, new ConsentDefaults()), new("st_BENCHBENCHBENCH0", 1, "live", 30, ["example.com"]));

    public static IReadOnlyList<ItemContent> WithTags(int count) =>
    [
        Variable(1, "Plan", "plan"), Variable(2, "Total", "ecommerce.value"),
        .. Enumerable.Range(0, count).Select(i => Trigger(Triggers + i, i % 3 == 0 ? "link" : "custom", $"checkout_{i}", new Comparison("Page Path", "starts", $"/shop/{i}"))),
        .. Enumerable.Range(0, count).Select(i => Tag(10 + i, Templates[i % Templates.Length], [Triggers + i])),
    ];

    /// <summary>All wait for the same event, so that each is looked at; their first condition holds, their second does not.</summary>
    public static IReadOnlyList<ItemContent> WithTriggers(int count, string eventName) =>
    [
        Variable(1, "Plan", "plan"),
        .. Enumerable.Range(0, count).Select(i => Trigger(Triggers + i, "custom", eventName, new Comparison("Page Path", "starts", "/shop"), new Comparison("Plan", "regex", $"^tier-{i}$"))),
        .. Enumerable.Range(0, count / 10).Select(i => Tag(10 + i, Templates[0], [.. Enumerable.Range(Triggers + 10 * i, 10)])),
    ];

    static ItemContent Tag(int number, (string Kind, (string, string)[] Settings) template, int[] on) =>
        Item(ItemSort.Tag, number, template.Kind, template.Settings) with { Options = new() { On = on } };

    static ItemContent Trigger(int number, string kind, string name, params Comparison[] when) => Item(ItemSort.Trigger, number, kind, [("name", name)]) with { Options = new() { When = when } };

    static ItemContent Variable(int number, string name, string key) => Item(ItemSort.Variable, number, "layer", [("name", key)]) with { Name = name };

    static ItemContent Item(ItemSort sort, int number, string kind, (string Key, string Value)[] settings) =>
        new(sort, number, kind, $"{kind} {number}") { Settings = new JsonObject(settings.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))) };
}
