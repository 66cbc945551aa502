using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SaaS.Analytics.Tags;

/// <summary>A tag, trigger or variable as versions and exports hold it.</summary>
/// <param name="Sort">Which of the three.</param>
/// <param name="Number">Unique in the site and never used again; negative for built-in triggers.</param>
/// <param name="Kind">Key of its <see cref="ItemKind"/>.</param>
/// <param name="Name">Unique among its sort in the site.</param>
public sealed record ItemContent(ItemSort Sort, int Number, string Kind, string Name)
{
    public string Folder { get; init; } = "";
    public string Note { get; init; } = "";
    public bool Paused { get; init; }

    /// <summary>By the keys of the kind's fields.</summary>
    public JsonObject Settings { get; init; } = [];
    public ItemOptions Options { get; init; } = new();

    /// <returns>A setting's text; empty where there is none.</returns>
    public string Text(string key) => Settings[key] switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "true" : "",
        var other => other.ToJsonString(),
    };

    public IEnumerable<Row> Rows(string key) => Settings[key] is JsonArray rows
        ? rows.OfType<JsonObject>().Select(r => new Row((string?)r["k"] ?? "", (string?)r["v"] ?? "")) : [];

    public IEnumerable<int> Numbers(string key) => Settings[key] is JsonArray list ? list.Select(n => n!.GetValue<int>()) : [];

    /// <summary>JSON from elsewhere may leave anything null.</summary>
    [JsonIgnore] public bool IsWhole => this is
    {
        Name: not null, Kind: not null, Folder: not null, Note: not null, Settings: not null,
        Options: { On: not null, Not: not null, Needs: not null, Limit: not null, Default: not null, Case: not null, When: not null },
    } && Options.When.All(c => c is { Variable: not null, Operator: not null, Value: not null });
}
