using System.Globalization;
using System.Text.Json;

namespace SaaS.Analytics.Ingestion;

/// <summary>Reads <c>revenue</c>: an amount, or <c>{amount, currency}</c>.</summary>
static class RevenueParser
{
    /// <summary>What the store's Decimal(18, 4) holds.</summary>
    const decimal Max = 99_999_999_999_999m;
    const int Digits = 4;

    public static void Parse(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Amount(ref reader, e);
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            reader.Read();
            if (name.SequenceEqual("amount"u8)) Amount(ref reader, e);
            else if (name.SequenceEqual("currency"u8)) Currency(ref reader, e);
            else reader.Skip();
        }
    }

    static void Amount(ref Utf8JsonReader reader, EventDraft e)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.String
            && decimal.TryParse(reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) <= Max)
        {
            e.Revenue = Math.Round(amount, Digits);
            return;
        }
        e.Note("revenue_invalid");
        reader.Skip();
    }

    static void Currency(ref Utf8JsonReader reader, EventDraft e)
    {
        var text = reader.TokenType == JsonTokenType.String ? JsonText.Value(ref reader, maxLength: 4, out _).ToUpperInvariant() : "";
        if (text.Length == 3 && text.All(char.IsAsciiLetterUpper)) e.Currency = text;
        else e.Note("currency_invalid");
        reader.Skip();
    }
}
