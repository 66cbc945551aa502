using System.Globalization;
using System.Text.Json;

namespace SaaS.Analytics.Alerts;

/// <summary>The settings of one rule: what its form shows and its JSON holds.</summary>
public sealed class AlertSettings(IReadOnlyDictionary<string, string> values)
{
    public IReadOnlyDictionary<string, string> Values => values;

    public string Text(string key) => values.GetValueOrDefault(key) ?? "";

    public bool Flag(string key) => Text(key) == "true";

    /// <summary>0 where it is not set.</summary>
    public decimal Number(string key) =>
        decimal.TryParse(Text(key), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Keeps what the kind knows and drops what is empty.</summary>
    public static AlertSettings Of(AlertKind kind, Func<string, string?> typed) => new(kind.Fields
        .Select(f => (f.Key, Value: (typed(f.Key) ?? "").Trim())).Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value));

    public string ToJson() => JsonSerializer.Serialize(values);

    /// <exception cref="JsonException">It holds no settings.</exception>
    public static AlertSettings Read(string json) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);
}
