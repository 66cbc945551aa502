using System.Text.Json;

namespace SaaS.Analytics.Reports;

/// <summary>Reads request JSON, naming the field where it is not what it should be.</summary>
static class Json
{
    public static JsonElement? Field(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static List<string> Strings(JsonElement body, string name, int most) =>
        Field(body, name) is { } value ? Strings(value, name, name, most) : [];

    public static List<string> Strings(JsonElement value, string field, string what, int most)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new ReportQueryException(field, $"'{what}' must be a list.");
        if (value.GetArrayLength() > most) throw new ReportQueryException(field, $"At most {most} are allowed.");
        return [.. value.EnumerateArray().Select((item, i) => Text(item, $"{field}[{i}]"))];
    }

    public static string Text(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new ReportQueryException(field, "Must be text."),
    };

    public static bool Flag(JsonElement body, string name, string field) => Field(body, name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new ReportQueryException(field, "Must be true or false."),
    };

    public static Dimension Dimension(string key, string field) => Dimensions.Find(key)
        ?? throw new ReportQueryException(field, $"There is no dimension '{key}'.");

    public static List<T> Each<T>(List<string> keys, string name, Func<string, string, T> read) =>
        [.. keys.Distinct().Select((key, i) => read(key, $"{name}[{i}]"))];
}
