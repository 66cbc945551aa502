using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>From a posted form to an item. Fields of the kind are called <c>s.key</c>, the others as here.</summary>
static class ItemForm
{
    public static ItemContent Read(IFormCollection form, ItemSort sort, ItemKind kind, int number)
    {
        var settings = new JsonObject();
        foreach (var field in kind.Fields)
            if (Setting(form, field) is { } value) settings[field.Key] = value;
        return new ItemContent(sort, number, kind.Key, Text(form, "name"))
        {
            Folder = Text(form, "folder"), Note = Text(form, "note"), Paused = form.ContainsKey("paused"), Settings = settings, Options = Options(form, sort),
        };
    }

    /// <returns>What is wrong, by the name of the field.</returns>
    public static Dictionary<string, string> Errors(ItemContent item, ItemKind kind, ContainerContent draft)
    {
        var errors = ItemCheck.Errors(item, kind);
        if (Twin(item, draft) is { } twin) errors.TryAdd("name", $"There is a variable “{twin}”, and {{{{{item.Name}}}}} would mean both. Write another name.");
        if (References.Variables(item).Where(v => !ContentCheck.Exists(v, draft)).ToArray() is { Length: > 0 } missing)
            errors["variables"] = $"There is no variable “{missing[0]}”. Create it first, or write another name.";
        return errors;
    }

    /// <summary>Upper and lower case are the same where a variable is read. One of exactly this name is found when it is saved.</summary>
    static string? Twin(ItemContent item, ContainerContent draft) => item.Sort != ItemSort.Variable ? null : draft.Of(ItemSort.Variable)
        .Where(v => v.Number != item.Number && v.Name != item.Name).Select(v => v.Name).FirstOrDefault(n => string.Equals(n, item.Name, StringComparison.OrdinalIgnoreCase));

    static JsonNode? Setting(IFormCollection form, SettingField field)
    {
        var name = "s." + field.Key;
        switch (field.Input)
        {
            case FieldInput.Check: return form.ContainsKey(name) ? JsonValue.Create(true) : null;
            case FieldInput.Rows: return Rows(form[name + ".k"], form[name + ".v"]);
            case FieldInput.Triggers: return new JsonArray([.. Numbers(form[name]).Select(n => JsonValue.Create(n))]);
            default:
                var text = Clean(form[name].ToString());
                if (field.Input is not (FieldInput.Html or FieldInput.Code)) text = text.Trim();
                return text.Length == 0 ? null : JsonValue.Create(text);
        }
    }

    static JsonArray Rows(StringValues keys, StringValues values) => new(
    [
        .. keys.Zip(values).Select(p => (K: Clean(p.First ?? "").Trim(), V: Clean(p.Second ?? "").Trim())).Where(p => p.K.Length > 0 || p.V.Length > 0)
            .Select(p => new JsonObject { ["k"] = p.K, ["v"] = p.V }),
    ]);

    static ItemOptions Options(IFormCollection form, ItemSort sort) => sort switch
    {
        ItemSort.Tag => new ItemOptions
        {
            On = Numbers(form["on"]), Not = Numbers(form["not"]), Sticky = form.ContainsKey("sticky"), When = When(form),
            Needs = [.. form["needs"].OfType<string>().Where(ConsentCategories.All.Contains)],
            Limit = FireLimits.All.Any(l => l.Key == Text(form, "limit")) && Text(form, "limit") != FireLimits.Event ? Text(form, "limit") : "",
            Priority = Math.Clamp(Whole(form, "priority") ?? 0, -1000, 1000), Delay = Math.Clamp(Whole(form, "delay") ?? 0, 0, 600_000),
            From = Moment(form, "from"), Until = Moment(form, "until"), Before = Whole(form, "before"), After = Whole(form, "after"), Strict = form.ContainsKey("strict"),
        },
        ItemSort.Trigger => new ItemOptions { When = When(form) },
        _ => new ItemOptions
        {
            Default = Text(form, "default"), Case = Text(form, "case") is "l" or "u" ? Text(form, "case") : "", Trim = form.ContainsKey("trim"), Number = form.ContainsKey("number"),
        },
    };

    /// <summary>An operator with an exclamation mark before it must not hold.</summary>
    static Comparison[] When(IFormCollection form)
    {
        var (variables, operators, values, folds) = (form["when.variable"], form["when.operator"], form["when.value"], form["when.fold"]);
        return
        [
            .. Enumerable.Range(0, new[] { variables.Count, operators.Count, values.Count }.Min()).Where(i => !string.IsNullOrWhiteSpace(variables[i]))
                .Select(i => new Comparison(variables[i]!.Trim(), (operators[i] ?? "").TrimStart('!'), Clean(values[i] ?? "").Trim(),
                    (operators[i] ?? "").StartsWith('!'), i < folds.Count && folds[i] == "1")),
        ];
    }

    static int[] Numbers(StringValues values) =>
        [.. values.Select(v => int.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : (int?)null).OfType<int>().Distinct()];

    static int? Whole(IFormCollection form, string name) => int.TryParse(Text(form, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    static DateTime? Moment(IFormCollection form, string name) =>
        DateTime.TryParse(Text(form, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    static string Text(IFormCollection form, string name) => Clean(form[name].ToString()).Trim();

    /// <summary>PostgreSQL's JSON holds no NUL.</summary>
    static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
}
