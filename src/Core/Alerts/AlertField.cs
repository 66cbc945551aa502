using System.Globalization;

namespace SaaS.Analytics.Alerts;

public enum AlertFieldType
{
    Text,
    Number,
    Choice,
    Flag,
}

/// <summary>
/// One setting of a rule: at once a field of its form, a key of its JSON and its validation. A setting that is left empty
/// is not in the JSON.
/// </summary>
/// <param name="Key">Key in the JSON and name of the form's field, in snake case.</param>
/// <param name="Label">What people read.</param>
public sealed record AlertField(string Key, string Label)
{
    const int MaxText = 200;

    public AlertFieldType Type { get; init; }
    public string Hint { get; init; } = "";

    /// <summary>Heading of the part of the form that it is folded into; empty: always seen.</summary>
    public string Group { get; init; } = "";

    /// <summary>What a new rule has.</summary>
    public string Default { get; init; } = "";
    public bool Required { get; init; }
    public decimal Min { get; init; }
    public decimal Max { get; init; } = 1_000_000_000;

    /// <summary>Of a choice: value and words.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>Further check of a text; returns what is wrong.</summary>
    public Func<string, string?> Check { get; init; } = _ => null;

    /// <returns>What is wrong with a value, as a sentence that names the fix; null where nothing is.</returns>
    public string? Error(string value)
    {
        if (value.Length == 0) return Required ? $"{Label}: fill this in." : null;
        return Type switch
        {
            AlertFieldType.Text when value.Length > MaxText => $"{Label}: at most {MaxText} characters.",
            AlertFieldType.Text => Check(value),
            AlertFieldType.Number => NumberError(value),
            AlertFieldType.Choice when !Choices.Any(c => c.Value == value) => $"{Label}: choose one of the list.",
            AlertFieldType.Flag when value != "true" => $"{Label}: on or off.",
            _ => null,
        };
    }

    string? NumberError(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= Min && number <= Max
            ? null : string.Create(CultureInfo.InvariantCulture, $"{Label}: a number from {Min} to {Max}.");
}
