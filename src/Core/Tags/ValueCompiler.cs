using System.Text.Json.Nodes;

namespace SaaS.Analytics.Tags;

/// <summary>Settings, texts and conditions with the places of the variables in them. A variable gets its place when it is first read.</summary>
sealed class ValueCompiler(ContainerContent content, Dictionary<string, string> code)
{
    readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
    readonly List<ItemContent> used = [];

    public IReadOnlyList<ItemContent> Used => used;

    /// <summary>All variables that have a place; making one may give others theirs.</summary>
    public JsonArray Variables()
    {
        var result = new JsonArray();
        for (var i = 0; i < used.Count; i++) result.Add(Variable(used[i], i));
        return result;
    }

    public JsonObject Settings(ItemContent item, string codeKey)
    {
        var result = new JsonObject();
        foreach (var field in ItemKinds.Find(item.Sort, item.Kind)?.Fields ?? [])
            if (Setting(item, field, codeKey) is { } value) result[field.Key] = value;
        return result;
    }

    public JsonArray Tests(IEnumerable<Comparison> comparisons) => new([.. comparisons.Select(Test)]);

    JsonArray Test(Comparison comparison)
    {
        var test = new JsonArray(Text("{{" + comparison.Variable + "}}"), comparison.Operator, Text(comparison.Value));
        var flags = (comparison.Not ? 1 : 0) + (comparison.Fold ? 2 : 0);
        if (flags > 0) test.Add(flags);
        return test;
    }

    JsonNode? Setting(ItemContent item, SettingField field, string codeKey)
    {
        var text = item.Text(field.Key);
        switch (field.Input)
        {
            case FieldInput.Check: return text == "true" ? JsonValue.Create(1) : null;
            case FieldInput.Rows: return new JsonArray([.. item.Rows(field.Key).Select(r => new JsonObject { ["k"] = Text(r.K), ["v"] = Text(r.V) })]);
            case FieldInput.Html: return new JsonArray([.. Placeholders.Parts(text).Select(p => p.IsName ? JsonValue.Create(Place(p.Text)) : JsonValue.Create(p.Text))]);
            case FieldInput.Code: return Keep(codeKey, item, text);
            case FieldInput.Triggers: return null;
            case FieldInput.Choice when text.Length == 0: return JsonValue.Create(field.Choices.First().Key);
            default: return text.Length == 0 ? null : field.Field.Plain ? JsonValue.Create(text) : Text(text);
        }
    }

    JsonNode? Keep(string key, ItemContent item, string text)
    {
        var source = Placeholders.Replace(text, name => $"$v({Place(name)})");
        code[key] = item.Sort == ItemSort.Variable
            ? $"($v)=>(\n{source}\n)()"
            : $"(s,t)=>{{const $v=t.read;return(function(){{\n{source}\n}}).call(window)}}";
        return null;
    }

    JsonObject Variable(ItemContent item, int place)
    {
        var options = item.Options;
        var result = new JsonObject { ["kind"] = item.Kind, ["s"] = Settings(item, "v:" + place) };
        if (options.Default.Length > 0) result["d"] = Text(options.Default);
        if (options.Case.Length > 0) result["c"] = options.Case;
        if (options.Trim) result["trim"] = 1;
        if (options.Number) result["number"] = 1;
        return result;
    }

    JsonNode Text(string text)
    {
        var parts = Placeholders.Parts(text).ToArray();
        return Array.Exists(parts, p => p.IsName)
            ? new JsonObject { ["$"] = new JsonArray([.. parts.Select(p => p.IsName ? JsonValue.Create(Place(p.Text)) : JsonValue.Create(p.Text))]) }
            : JsonValue.Create(text);
    }

    int Place(string name)
    {
        if (places.TryGetValue(name, out var place)) return place;
        places[name] = place = used.Count;
        used.Add(Find(name));
        return place;
    }

    ItemContent Find(string name)
    {
        bool Named(ItemContent item) => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase);
        return content.Of(ItemSort.Variable).FirstOrDefault(Named) ?? BuiltInVariables.All.FirstOrDefault(Named)
            ?? new ItemContent(ItemSort.Variable, 0, "constant", name);
    }
}
