using System.Text.Json.Nodes;

namespace SaaS.Analytics.Tags;

/// <summary>What an item of a container needs of the others.</summary>
public static class References
{
    /// <summary>Names of the variables that it reads, each once.</summary>
    public static IReadOnlyList<string> Variables(ItemContent item) =>
    [
        .. Texts(item).SelectMany(Placeholders.Names).Concat(item.Options.When.Select(c => c.Variable)).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Numbers of the tags and triggers that it names.</summary>
    public static IReadOnlyList<int> Numbers(ItemContent item) =>
    [
        .. item.Options.On.Concat(item.Options.Not).Concat(item.Numbers("all"))
            .Concat(new[] { item.Options.Before, item.Options.After }.OfType<int>()).Distinct(),
    ];

    /// <summary>Who in the content would miss <paramref name="item"/>.</summary>
    public static IReadOnlyList<ItemContent> UsersOf(ItemContent item, IEnumerable<ItemContent> all) =>
    [
        .. all.Where(i => !(i.Sort == item.Sort && i.Number == item.Number)).Where(i => item.Sort == ItemSort.Variable
            ? Variables(i).Contains(item.Name, StringComparer.OrdinalIgnoreCase)
            : Numbers(i).Contains(item.Number)),
    ];

    /// <returns>The item with another name of a variable in all its texts.</returns>
    public static ItemContent Renamed(ItemContent item, string from, string to)
    {
        bool Is(string name) => string.Equals(name, from, StringComparison.OrdinalIgnoreCase);
        string In(string text) => Placeholders.Replace(text, name => "{{" + (Is(name) ? to : name) + "}}");
        return item with
        {
            Settings = (JsonObject)Map(item.Settings, In)!,
            Options = item.Options with
            {
                Default = In(item.Options.Default),
                When = [.. item.Options.When.Select(c => c with { Variable = Is(c.Variable) ? to : c.Variable, Value = In(c.Value) })],
            },
        };
    }

    static IEnumerable<string> Texts(ItemContent item) =>
        TextsIn(item.Settings).Append(item.Options.Default).Concat(item.Options.When.Select(c => c.Value));

    static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => TextsIn(p.Value)),
        JsonArray a => a.SelectMany(TextsIn),
        JsonValue v when v.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    static JsonNode? Map(JsonNode? node, Func<string, string> change) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Map(p.Value, change)))),
        JsonArray a => new JsonArray([.. a.Select(n => Map(n, change))]),
        JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(change(text)),
        _ => node?.DeepClone(),
    };
}
