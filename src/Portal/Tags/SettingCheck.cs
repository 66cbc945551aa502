using System.Globalization;
using System.Text.RegularExpressions;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>One setting against what its field says.</summary>
static class SettingCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <returns>What is wrong and how to mend it; null where nothing is.</returns>
    public static string? Problem(SettingField field, ItemContent item)
    {
        var text = item.Text(field.Key);
        return field.Input switch
        {
            FieldInput.Rows => OfRows(field, [.. item.Rows(field.Key)], item.Kind == "regex"),
            FieldInput.Triggers => field.Field.Required && !item.Numbers(field.Key).Any() ? $"{field.Label}: choose at least one." : null,
            FieldInput.Check => null,
            FieldInput.Choice => text.Length == 0 || field.Choices.Any(c => c.Key == text) ? null : $"{field.Label}: choose one from the list.",
            _ => OfText(field, text, item.Sort == ItemSort.Variable) ?? OfEventName(field, item, text),
        };
    }

    /// <summary>The name of a custom event may be an expression.</summary>
    static string? OfEventName(SettingField field, ItemContent item, string text) =>
        item is { Sort: ItemSort.Trigger, Kind: "custom" } && field.Key == "name" && item.Text("regex").Length > 0 && CodeCheck.Regex(text) is { } wrong ? $"{field.Label}: {wrong}" : null;

    static string? OfText(SettingField field, string text, bool isFunction)
    {
        if (text.Length == 0) return field.Field.Required ? $"{field.Label} is missing." : null;
        if (text.Length > field.Field.Max) return $"{field.Label} has at most {field.Field.Max} characters.";
        var wrong = field.Input switch
        {
            FieldInput.Number => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "enter a whole number.",
            FieldInput.Selector => CodeCheck.Selector(text),
            FieldInput.Code => isFunction ? CodeCheck.Function(text) : CodeCheck.Statements(text),
            _ => null,
        } ?? Shape(field.Field, text);
        return wrong is null ? null : $"{field.Label}: {wrong}";
    }

    /// <summary>A text with variables is known only in the browser.</summary>
    static string? Shape(FieldAttribute field, string text) =>
        field.Pattern is null || !field.Plain && Placeholders.Names(text).Any() || Regex.IsMatch(text, field.Pattern, RegexOptions.None, Patience) ? null : field.Advice;

    static string? OfRows(SettingField field, Row[] rows, bool areExpressions)
    {
        if (field.Field.Required && rows.Length == 0) return $"{field.Label}: add at least one row.";
        if (rows.Length > field.Field.Max) return $"{field.Label}: at most {field.Field.Max} rows.";
        if (Array.Exists(rows, r => r.K.Length > 500 || r.V.Length > 2000)) return $"{field.Label}: at most 500 characters on the left and 2,000 on the right.";
        var wrong = areExpressions ? rows.Select(r => CodeCheck.Regex(r.K)).FirstOrDefault(p => p is not null) : null;
        return wrong is null ? null : $"{field.Label}: {wrong}";
    }
}
